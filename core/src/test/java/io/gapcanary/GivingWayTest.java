package io.gapcanary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GivingWayTest {
  private final AtomicLong nanos = new AtomicLong(7_000_000_000L);
  private final List<Duration> rests = new ArrayList<>();
  private final GivingWay giveWay =
      new GivingWay(
          nanos::get,
          rest -> {
            rests.add(rest);
            nanos.addAndGet(rest.toNanos());
          });

  private void work(Duration time) {
    nanos.addAndGet(time.toNanos());
    giveWay.run();
  }

  @Test
  void workOnAQuietDeskNeverRests() {
    work(Duration.ofMillis(10));
    giveWay.toEvent();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    work(Duration.ofMillis(10));
    assertThat(rests).isEmpty();
  }

  @Test
  void workBesideEventsRestsNineTimesAsLongAsItWorks() {
    giveWay.toEvent();
    giveWay.run();
    rests.clear();
    work(Duration.ofMillis(10));
    work(Duration.ofMillis(20));
    assertThat(rests).containsExactly(Duration.ofMillis(90), Duration.ofMillis(180));
  }

  @Test
  void noRestIsLong() {
    giveWay.toEvent();
    work(Duration.ofMillis(900));
    assertThat(rests).containsExactly(Duration.ofMillis(200));
  }

  @Test
  void workThatIsToEndEndsAtItsNextRest() {
    work(Duration.ofMillis(10));
    giveWay.end();
    assertThatThrownBy(giveWay::run).isInstanceOf(CancellationException.class);
  }
}
