package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

@Tag("browser")
class ChromiumTest {
  @Test
  void aPageIsShownAndItsScriptRuns(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("page.html");
    Files.writeString(
        page,
        """
        <!doctype html><meta charset="utf-8"><h1>환불</h1>
        <script>document.querySelector('h1').append(' 규정')</script>
        """);
    Path png = folder.resolve("page.png");

    try (Chromium chromium = Chromium.open()) {
      chromium.driver().get(page.toUri().toString());
      chromium.photograph(png);

      assertThat(chromium.driver().findElement(By.tagName("h1")).getText()).isEqualTo("환불 규정");
      assertThat(png).isNotEmptyFile();
    }
  }
}
