package io.gapcanary;

import io.gapcanary.kb.Article;
import io.gapcanary.kb.TextEmbedder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A desk on a folder whose time stands still unless a test moves it, with words only unless it is
 * given a model.
 *
 * <p>As an extension it is opened before each test, on a folder of its own and with the same
 * articles, and is gone after it.
 */
final class DeskFixture implements BeforeEachCallback, AfterEachCallback, AutoCloseable {
  static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");

  static final Article RESET_PASSWORD =
      article("reset-password", "Reset a forgotten password", "Click Forgot password.");

  static final Article PRINTER =
      article("printer", "The printer prints blank pages", "Clean the print heads.");

  Path folder;
  Desk desk;
  Instant clock = MONDAY;
  private final List<Article> articles;
  private DeskSettings settings;
  private @Nullable TextEmbedder embedder;

  DeskFixture(Path folder) {
    this(folder, DeskSettings.DEFAULT, null);
  }

  DeskFixture(Path folder, DeskSettings settings, @Nullable TextEmbedder embedder) {
    this.articles = List.of();
    this.settings = settings;
    this.embedder = embedder;
    open(folder);
  }

  private DeskFixture(List<Article> articles) {
    this.articles = articles;
    this.settings = DeskSettings.DEFAULT;
  }

  /** An extension: each test has a desk with these articles. */
  static DeskFixture with(Article... articles) {
    return new DeskFixture(List.of(articles));
  }

  DeskFixture settings(DeskSettings value) {
    settings = value;
    return this;
  }

  DeskFixture embedder(TextEmbedder value) {
    embedder = value;
    return this;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    begin();
  }

  private void begin() {
    try {
      open(Files.createTempDirectory("desk"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!articles.isEmpty()) {
      desk.articles().putAll(articles);
    }
  }

  private void open(Path where) {
    folder = where;
    desk = Desk.open(where, settings, () -> clock, embedder);
  }

  /** Closes the desk and opens it again. */
  void reopen() {
    desk.close();
    open(folder);
  }

  /** Begins another desk with the same articles, under other settings, in the place of this one. */
  void beginAgain(DeskSettings others) {
    end();
    settings = others;
    begin();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    end();
  }

  private void end() {
    close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Gap> gaps() {
    return desk.board().list(GapFilter.FIRST_PAGE).gaps();
  }

  Gap gap(String id) {
    return desk.board().find(id).orElseThrow();
  }

  /** What the record counts, of which the desk itself does not tell. */
  int count(String sql) {
    return Jdbi.create("jdbc:sqlite:" + folder.resolve("desk.db"))
        .withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  /** A subject that no article is about; from its second customer on it is a gap. */
  Outcome asksOfGiraffes(String id, String customer, String opened) {
    return story(id, customer, opened).asks("How do I feed my giraffe in winter?").close();
  }

  /** Another one. */
  Outcome asksOfSubmarines(String id, String customer, String opened) {
    return story(id, customer, opened).asks("Can I paint my submarine yellow?").close();
  }

  /** A customer asks what the article is about, and is given it. */
  Outcome isGivenResetPassword(String id, @Nullable String customer, String opened) {
    return story(id, customer, opened)
        .asks("I forgot my password")
        .linked("reset-password")
        .close();
  }

  /** The same with the other article. */
  Outcome isGivenPrinter(String id, @Nullable String customer, String opened) {
    return story(id, customer, opened)
        .asks("The printer prints blank pages")
        .linked("printer")
        .close();
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
