package io.gapcanary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsAtOnceTest {
  private static final int CALLERS = 16;
  private static final int MESSAGES = 20;

  @TempDir Path folder;

  /** Another connection reads, which sees only what is committed. */
  private static void talk(Desk desk, String caseId) {
    desk.assist().open(CaseOpening.builder().id(caseId).build());
    for (int i = 1; i <= MESSAGES; i++) {
      desk.assist().hear(caseId, Message.customer("My invoice " + i + " is missing"));
      assertThat(desk.assist().find(caseId).orElseThrow().messages()).hasSize(i);
      assertThatThrownBy(
              () -> desk.assist().hear("no such case", Message.customer("Is anybody there?")))
          .isInstanceOf(NotFoundException.class);
    }
    desk.assist().close(caseId, Closing.now());
    assertThat(desk.assist().outcome(caseId)).isPresent();
  }

  @Test
  void eachIsSafeWhenItReturnsAndOneThatFailsUndoesNoOther() throws Exception {
    try (DeskFixture fixture = new DeskFixture(folder);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        String caseId = "c-" + caller;
        all.add(callers.submit(() -> talk(fixture.desk, caseId)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      fixture.reopen();
      for (int caller = 0; caller < CALLERS; caller++) {
        assertThat(fixture.desk.assist().find("c-" + caller).orElseThrow().messages())
            .hasSize(MESSAGES);
      }
    }
  }

  @Test
  void whoReplacesWhatWasDerivedSeesWhatHappenedRightBefore() throws Exception {
    try (DeskFixture fixture = new DeskFixture(folder);
        ExecutorService callers = Executors.newFixedThreadPool(2)) {
      fixture.story("c-1", "ann", "PT0S").asks("hello").open();
      DeskWork work = fixture.desk.work();
      AtomicInteger seen = new AtomicInteger();
      CountDownLatch happening = new CountDownLatch(1);
      Future<?> event =
          callers.submit(
              () ->
                  work.event(
                      work.when(null),
                      session -> {
                        happening.countDown();
                        while (work.load().waitingEvents() == 0) {
                          Thread.onSpinWait();
                        }
                        session
                            .messages()
                            .append("c-1", Message.customer("hi"), "", work.clockNow());
                        return "c-1";
                      }));
      happening.await();
      Future<?> replacing =
          callers.submit(
              () ->
                  work.replacing(
                      () -> {
                        seen.set(work.read(session -> session.messages().list("c-1")).size());
                        return List.of();
                      }));
      event.get();
      replacing.get();
      assertThat(seen).hasValue(2);
    }
  }
}
