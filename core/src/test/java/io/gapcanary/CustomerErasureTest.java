package io.gapcanary;

import static io.gapcanary.DeskFixture.PRINTER;
import static io.gapcanary.DeskFixture.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapcanary.KeptAnswers.Answer;
import io.gapcanary.KeptAnswers.Attempt;
import io.gapcanary.kb.Question;
import io.gapcanary.storage.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ann's words are of no other customer: whatever file holds one of them holds something of Ann. */
@Tag("slow")
class CustomerErasureTest {
  private static final List<String> ANN = List.of("quagga", "okapi", "두루미", "c-ann");
  private static final Identity ANNS = new Identity("customer", "ann");

  @RegisterExtension
  final DeskFixture fixture =
      DeskFixture.with(
              article("reset", "Reset a forgotten password", "Click Forgot password."),
              PRINTER,
              article("refund", "Ask for a refund of an order", "Open the order."))
          .embedder(new ScriptedEmbedder("themes", 4, CustomerErasureTest::theme));

  /** What has a theme means that. */
  private static int theme(String text) {
    int theme = text.contains("rint") ? 0 : text.contains("iraffe") ? 1 : 2;
    return text.contains("두루미") ? 3 : theme;
  }

  @BeforeEach
  void open() {
    fixture
        .story("c-ann-1", "ann", "PT0S")
        .asks("The printer prints blank quagga pages")
        .answered("Clean the okapi heads")
        .linked("printer")
        .resolved(Resolution.SOLVED)
        .close();
    fixture
        .story("c-ann-2", "ann", "P1D")
        .asks("The printer prints blank quagga pages again")
        .linked("printer")
        .close();
    fixture.story("c-ann-3", "ann", "P1DT1H").asks("두루미를 겨울에 어떻게 먹이나요?").close();
    fixture.story("c-bob-1", "bob", "P1DT2H").asks("두루미 먹이는 무엇인가요?").close();
    giraffes("c-ann-4", "ann", "P2D", " and my quagga");
    giraffes("c-bob-2", "bob", "P2DT1H", "");
    giraffes("c-eve-1", "eve", "P2DT2H", "");
    fixture.story("c-ann-5", "ann", "P3D").asks("My password was forgotten, says the okapi").open();
    fixture.desk.assist().link("c-ann-5", "refund", LinkAction.DISMISSED, DeskFixture.at("P3DT1H"));
  }

  private void giraffes(String id, String customer, String opened, String more) {
    fixture.story(id, customer, opened).asks("How do I feed my giraffe in winter?" + more).close();
  }

  /** The words of Ann's that some file of the desk holds, as they are. */
  private Set<String> found(Path where, List<String> words) {
    Set<String> found = new TreeSet<>();
    try (var files = Files.walk(where)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String word : words) {
          if (bytes.contains(
              new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))) {
            found.add(word + " in " + fixture.folder.relativize(file));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  @Test
  void nothingThatACustomerSaidIsLeftInAnyFile() {
    fixture.reopen();
    assertThat(found(fixture.folder, ANN).toString())
        .contains("quagga in desk.db", "okapi in desk.db", "두루미 in desk.db", "c-ann in desk.db")
        .contains("quagga in index");
    Erasure erased = fixture.desk.erase(List.of(ANNS));
    assertThat(erased.cases()).isEqualTo(5);
    assertThat(erased.messages()).isEqualTo(6);
    assertThat(erased.wordings()).isEqualTo(3);
    assertThat(found(fixture.folder, List.of("quagga", "okapi", "c-ann"))).isEmpty();
    assertThat(found(fixture.folder, List.of("두루미를"))).isEmpty();
    fixture.reopen();
    assertThat(found(fixture.folder, List.of("quagga", "okapi", "c-ann"))).isEmpty();
    assertThat(fixture.desk.erase(List.of(ANNS))).isEqualTo(Erasure.NOTHING);
  }

  @Test
  void theCasesAreGoneAndThoseOfOthersStay() {
    fixture.desk.erase(List.of(ANNS));
    AgentAssist assist = fixture.desk.assist();
    for (int i = 1; i <= 5; i++) {
      assertThat(assist.find("c-ann-" + i)).isEmpty();
      assertThat(assist.outcome("c-ann-" + i)).isEmpty();
    }
    assertThatThrownBy(() -> assist.hear("c-ann-5", Message.customer("Hello?")))
        .isInstanceOf(NotFoundException.class);
    assertThat(assist.find("c-bob-2")).isPresent();
    assertThat(fixture.desk.articles().wordings("printer")).isEmpty();
    assertThat(fixture.desk.articles().dismissals("refund")).isEmpty();
    assertThat(fixture.desk.articles().repeatContacts(null, null, 10).repeatContacts()).isEmpty();
    assertThat(
            assist.ask(Question.of("The printer prints blank pages", DeskFixture.at("P4D"))).list())
        .first()
        .satisfies(match -> assertThat(match.evidence().askedAs()).isEmpty());
  }

  @Test
  void theSumsOfDaysAndArticlesStayAsTheyWere() {
    DeskHealth before = fixture.desk.health(DeskHealth.Query.WEEKS);
    Totals totals = fixture.desk.totals();
    ArticleHealth printer = fixture.desk.articles().health("printer").orElseThrow();
    fixture.desk.erase(List.of(ANNS));
    assertThat(fixture.desk.health(DeskHealth.Query.WEEKS)).isEqualTo(before);
    assertThat(fixture.desk.totals().cases()).isEqualTo(totals.cases());
    ArticleHealth after = fixture.desk.articles().health("printer").orElseThrow();
    assertThat(after.repeat()).isEqualTo(printer.repeat());
    assertThat(after.repeat().given()).isPositive();
    assertThat(after.editions().getFirst().given())
        .isEqualTo(printer.editions().getFirst().given());
    DeskHealth.Query all = DeskHealth.Query.WEEKS;
    assertThat(fixture.desk.casesBehind(all, DeskHealth.Measure.REPEATS, 10)).isEmpty();
  }

  @Test
  void aGapLosesTheCasesAndFindsAnotherTitle() {
    Gap before = fixture.gap("gap-2");
    assertThat(before.cases()).containsExactly("c-ann-4", "c-bob-2", "c-eve-1");
    Erasure erased = fixture.desk.erase(List.of(ANNS));
    assertThat(erased.gaps()).containsExactly("gap-1", "gap-2");
    Gap after = fixture.gap("gap-2");
    assertThat(after.cases()).containsExactly("c-bob-2", "c-eve-1");
    assertThat(after.customers()).isEqualTo(2);
    assertThat(after.title()).isNotBlank();
    assertThat(after.questions().toString() + after.title()).doesNotContain("quagga");
  }

  @Test
  void aGapOfNobodyElseKeepsItsNumberAndItsHistoryWithoutAText() {
    fixture.desk.erase(List.of(ANNS));
    fixture.desk.erase(List.of(new Identity("customer", "bob")));
    Gap gap = fixture.gap("gap-1");
    assertThat(gap.title()).isEmpty();
    assertThat(gap.cases()).isEmpty();
    assertThat(gap.history()).isNotEmpty();
    assertThat(fixture.gaps()).extracting(Gap::id).doesNotContain("gap-1");
    assertThat(fixture.desk.board().replay("gap-1").passes()).isFalse();
    assertThat(fixture.desk.board().draft("gap-1").issue()).isEmpty();
    assertThat(fixture.desk.board().toTell("gap-1")).isEmpty();
  }

  @Test
  void answersThatWereKeptAreForgotten() {
    KeptAnswers answers = fixture.desk.keptAnswers();
    byte[] body = "the quagga again".getBytes(StandardCharsets.UTF_8);
    try (KeptAnswers.Ticket ticket = begin(answers, "k")) {
      ticket.keep(new Answer(200, Map.of(), body));
    }
    KeptAnswers.Ticket meanwhile = begin(answers, "l");
    fixture.desk.erase(List.of(ANNS));
    meanwhile.keep(new Answer(200, Map.of(), body));
    meanwhile.close();
    for (String key : List.of("k", "l")) {
      try (KeptAnswers.Ticket again = begin(answers, key)) {
        assertThat(again.interrupted()).isTrue();
      }
    }
    assertThat(found(fixture.folder, List.of("quagga"))).isEmpty();
  }

  private static KeptAnswers.Ticket begin(KeptAnswers answers, String key) {
    return ((Attempt.Begun) answers.take("here", key, "f")).ticket();
  }

  @Test
  void aCustomerKnownInSeveralWaysIsErasedByAnyOfThem() {
    fixture
        .desk
        .assist()
        .open(
            CaseOpening.builder()
                .id("c-ann-6")
                .customerId("ann")
                .identities(List.of(new Identity("email", "ann@example.com")))
                .build());
    Erasure erased = fixture.desk.erase(List.of(new Identity("email", "Ann@Example.com ")));
    assertThat(erased.cases()).isEqualTo(6);
    assertThat(fixture.desk.erase(List.of(ANNS))).isEqualTo(Erasure.NOTHING);
  }

  @Test
  void whoComesBackIsANewCustomer() {
    fixture.desk.erase(List.of(ANNS));
    Outcome outcome = fixture.isGivenPrinter("c-new", "ann", "P4D");
    assertThat(outcome.repeatOf()).isNull();
  }

  @Test
  void whatAProcessLeftUndoneIsFinishedWhenTheDeskOpens() {
    fixture.desk.close();
    List<String> noted = new ArrayList<>();
    try (Database database = Database.open(fixture.folder.resolve("desk.db"), false)) {
      database.write(
          session -> {
            Set<String> ann = session.erasures().customers(hashes());
            List<String> cases = session.erasures().cases(ann);
            session.erasures().removeWordings(cases);
            for (String id : cases) {
              session.gapCases().withdraw(id);
              session.erasures().removeCase(id);
            }
            for (long key : List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L)) {
              session.gaps().find(key).ifPresent(gap -> session.gaps().setTitle(key, ""));
            }
            ann.forEach(session.erasures()::removeCustomer);
            session.meta().setScrubDue(true);
            noted.addAll(cases);
            return session;
          });
    }
    assertThat(noted).hasSize(5);
    assertThat(found(fixture.folder, List.of("quagga", "okapi")).toString()).contains("index");
    fixture.reopen();
    assertThat(found(fixture.folder, List.of("quagga", "okapi", "c-ann"))).isEmpty();
  }

  private List<String> hashes() {
    try {
      byte[] key =
          java.util.HexFormat.of()
              .parseHex(Files.readString(fixture.folder.resolve("identity.key")).strip());
      return List.of(new io.gapcanary.privacy.IdentityHash(key).of("customer", "ann"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRecalculationIsThrownAwayForItIsACopyOfThePast() {
    Recalculations recalculations = fixture.desk.recalculations();
    Recalculation begun =
        recalculations.begin(
            new RecalculationRequest(
                Map.of(RecalculatedSetting.REPEAT_WINDOW, "3d"), Map.of(), "Lee"));
    recalculations.run(begun.id());
    assertThat(recalculations.get(begun.id()).state()).isEqualTo(Recalculation.State.READY);
    fixture.desk.erase(List.of(ANNS));
    assertThat(recalculations.latest()).isEmpty();
    assertThat(found(fixture.folder, List.of("quagga", "okapi", "c-ann"))).isEmpty();
  }

  @Test
  void noneBeginsWhileACustomerIsErased() throws Exception {
    Recalculations recalculations = fixture.desk.recalculations();
    RecalculationRequest request =
        new RecalculationRequest(Map.of(RecalculatedSetting.REPEAT_WINDOW, "3d"), Map.of(), "Lee");
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      AtomicReference<Future<Erasure>> erased = new AtomicReference<>();
      fixture
          .desk
          .work()
          .replacing(
              () -> {
                erased.set(other.submit(() -> fixture.desk.erase(List.of(ANNS))));
                while (fixture.desk.workload().waitingEvents() == 0) {
                  Thread.onSpinWait();
                }
                assertThatThrownBy(() -> recalculations.begin(request))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("erased");
                return List.of();
              });
      assertThat(erased.get().get().cases()).isEqualTo(5);
    }
    assertThat(recalculations.begin(request).state()).isEqualTo(Recalculation.State.WAITING);
  }

  @Test
  @Timeout(60)
  void whatTheModelIsAskedMeanwhileIsForgottenToo() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    ScriptedEmbedder other =
        new ScriptedEmbedder(
            "other",
            4,
            text -> {
              if (text.contains("quagga")) {
                asked.countDown();
                answers.await();
              }
              return theme(text);
            });
    fixture.embedder(other).reopen();
    Thread embedding = new Thread(() -> fixture.desk.embedSome());
    embedding.start();
    asked.await();
    Thread erasing = new Thread(() -> fixture.desk.erase(List.of(ANNS)));
    erasing.start();
    while (erasing.isAlive() && erasing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    answers.countDown();
    embedding.join();
    erasing.join();
    fixture.story("c-last", "bob", "P4D").open();
    assertThat(fixture.count("SELECT COUNT(*) FROM embedding WHERE model LIKE 'other%'"))
        .as("the titles and texts of three articles")
        .isEqualTo(6);
  }
}
