package io.gapcanary.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapcanary.service.access.Scope;
import io.gapcanary.service.http.LiveDesk;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;

@Tag("browser")
class SignInInABrowserTest {
  private static final String PASSWORD = "four plain words here";

  private static void signIn(WebDriver driver, String name) {
    driver.findElement(By.id("name")).sendKeys(name);
    driver.findElement(By.id("password")).sendKeys(PASSWORD);
    driver.findElement(By.cssSelector("main button.main")).click();
  }

  @Test
  void anAgentSignsInTalksAndSignsOut(@TempDir Path folder) {
    try (LiveDesk live = LiveDesk.on(folder);
        Chromium chromium = Chromium.open()) {
      live.access().people().add("Jun", Scope.AGENT, PASSWORD);
      WebDriver driver = chromium.driver();
      driver.get(live.address() + "/agent?lang=en");
      assertThat(driver.getCurrentUrl()).contains("/sign-in?to=");
      signIn(driver, "Jun");
      chromium.awaitThere("#text");
      assertThat(driver.getCurrentUrl()).contains("/agent");
      driver.findElement(By.id("text")).sendKeys("My invoice is missing its tax number");
      driver.findElement(By.cssSelector("form.say button.main")).click();
      chromium.awaitThere(".message.from-customer");
      assertThat(driver.findElements(By.cssSelector("nav a[href='/access']"))).isEmpty();
      driver.findElement(By.cssSelector("form.visitor button")).click();
      chromium.awaitThere("#password");
      driver.get(live.address() + "/agent");
      assertThat(driver.getCurrentUrl()).contains("/sign-in");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ko"})
  void anAdministratorMakesAKeyAndSeesItOnce(String language, @TempDir Path folder) {
    try (LiveDesk live = LiveDesk.on(folder);
        Chromium chromium = Chromium.open()) {
      live.access().people().add("Mina", Scope.ADMIN, PASSWORD);
      WebDriver driver = chromium.driver();
      driver.get(live.address() + "/access?lang=" + language);
      assertThat(driver.findElement(By.tagName("html")).getDomAttribute("lang"))
          .isEqualTo(language);
      signIn(driver, "Mina");
      chromium.awaitThere("#key-name");
      driver.findElement(By.id("key-name")).sendKeys("crm");
      driver.findElement(By.cssSelector("form.inline button.main")).click();
      chromium.awaitThere(".secret");
      String key = driver.findElement(By.cssSelector(".secret")).getText();
      assertThat(
              live.send(live.to("/api/v1/gaps").header("Authorization", "Bearer " + key).GET())
                  .status())
          .isEqualTo(200);
      driver.findElement(By.cssSelector("a.language")).click();
      chromium.awaitGone(".secret");
      chromium.awaitThere("#key-name");
      assertThat(driver.getPageSource()).contains("crm").doesNotContain(key);
    }
  }
}
