package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.http.LiveDesk;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

@Tag("browser")
class BoardNewsInABrowserTest {
  private static void giraffe(LiveDesk live, String id) {
    live.post("/api/v1/cases", "{\"id\":\"" + id + "\",\"customerId\":\"customer of " + id + "\"}");
    live.post(
        "/api/v1/cases/" + id + "/messages",
        "{\"from\":\"customer\",\"text\":\"How do I feed my giraffe in winter?\"}");
    live.post("/api/v1/cases/" + id + "/close", "{}");
  }

  @Test
  void theListSaysHowMuchOfItHasChanged(@TempDir Path folder) throws Exception {
    try (Chromium chromium = Chromium.open();
        LiveDesk live = LiveDesk.on(folder)) {
      chromium.driver().get(live.address() + "/gaps?lang=en");
      assertThat(chromium.driver().findElement(By.id("board-news")).isDisplayed()).isFalse();
      Chromium.await(
          "the stream", () -> live.get("/metrics").body().contains("gapcanary_streams 1.0"));
      giraffe(live, "g-1");
      giraffe(live, "g-2");
      chromium.awaitText(
          "#board-news", "Changes since this was shown: 1 – show the list as it is now");
      chromium.driver().findElement(By.id("board-news")).click();
      chromium.awaitThere(".gaps a[href='/gaps/gap-1']");
      Chromium.await(
          "that nothing is new",
          () -> !chromium.driver().findElement(By.id("board-news")).isDisplayed());
    }
  }
}
