package io.gapcanary.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimedInputTest {
  private final AtomicLong nanos = new AtomicLong(-5);

  private TimedInput body(int bytes) {
    return new TimedInput(new ByteArrayInputStream(new byte[bytes]), nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aSmallBodyMayComeLateAndOneThatTricklesIsGivenUp() throws IOException {
    try (TimedInput in = body(100)) {
      pass(Duration.ofSeconds(19));
      assertThat(in.read()).isZero();
      pass(Duration.ofSeconds(2));
      assertThatThrownBy(in::read)
          .isInstanceOf(IOException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void aLargeBodyMayTakeAsLongAsASlowLineNeeds() throws IOException {
    try (TimedInput in = body(100_000)) {
      byte[] second = new byte[2000];
      for (int i = 0; i < 50; i++) {
        pass(Duration.ofSeconds(1));
        assertThat(in.read(second, 0, second.length)).isEqualTo(2000);
      }
      pass(Duration.ofSeconds(120));
      assertThatThrownBy(() -> in.read(second, 0, second.length))
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }
}
