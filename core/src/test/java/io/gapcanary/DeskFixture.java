package io.gapcanary;

import io.gapcanary.kb.Article;
import io.gapcanary.kb.TextEmbedder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A desk on a folder whose time stands still unless a test moves it, with words only. */
final class DeskFixture implements AutoCloseable {
  static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");

  final Path folder;
  Desk desk;
  Instant clock = MONDAY;
  private final DeskSettings settings;

  DeskFixture(Path folder) {
    this(folder, DeskSettings.DEFAULT, null);
  }

  DeskFixture(Path folder, DeskSettings settings, @Nullable TextEmbedder embedder) {
    this.folder = folder;
    this.settings = settings;
    this.desk = Desk.open(folder, settings, now(), embedder);
  }

  private InstantSource now() {
    return () -> clock;
  }

  void reopen() {
    desk.close();
    desk = Desk.open(folder, settings, now(), null);
  }

  static Article article(String id, String title, String body) {
    return Article.builder(id, title, body)
        .language("en")
        .url("https://help.example.com/" + id)
        .build();
  }

  static Instant at(String offset) {
    return MONDAY.plus(Duration.parse(offset));
  }

  /** A case of a customer from a time on: what was said, closed ten minutes later. */
  CaseStory story(String id, @Nullable String customer, String opened) {
    return new CaseStory(id, customer, at(opened));
  }

  final class CaseStory {
    private final String id;
    private final @Nullable String customer;
    private final Instant opened;
    private final List<Message> messages = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private @Nullable String version;
    private @Nullable Resolution resolution;
    private @Nullable String channel;
    private @Nullable String product;
    private @Nullable String segment;

    private CaseStory(String id, @Nullable String customer, Instant opened) {
      this.id = id;
      this.customer = customer;
      this.opened = opened;
    }

    CaseStory asks(String text) {
      messages.add(Message.customer(text).at(opened.plusSeconds(60)));
      return this;
    }

    CaseStory answered(String text) {
      messages.add(Message.agent(text).at(opened.plusSeconds(120)));
      return this;
    }

    CaseStory linked(String article) {
      links.add(article);
      return this;
    }

    CaseStory onVersion(String value) {
      version = value;
      return this;
    }

    CaseStory on(String itsChannel, String itsProduct, String itsSegment) {
      channel = itsChannel;
      product = itsProduct;
      segment = itsSegment;
      return this;
    }

    CaseStory resolved(Resolution value) {
      resolution = value;
      return this;
    }

    String open() {
      desk.assist()
          .open(
              CaseOpening.builder()
                  .id(id)
                  .openedAt(opened)
                  .customerId(customer)
                  .version(version)
                  .channel(channel)
                  .product(product)
                  .segment(segment)
                  .build());
      messages.forEach(message -> desk.assist().hear(id, message));
      links.forEach(
          article -> desk.assist().link(id, article, LinkAction.LINKED, opened.plusSeconds(180)));
      return id;
    }

    Outcome close() {
      open();
      return desk.assist().close(id, Closing.at(opened.plusSeconds(600), resolution));
    }
  }

  @Override
  public void close() {
    desk.close();
  }
}
