package io.gapcanary;

import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Question;
import io.gapcanary.kb.Scope;
import io.gapcanary.storage.CaseStore;
import io.gapcanary.storage.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The desk's floors: what they are, what others would do, and what people decide. Thread-safe; made
 * by {@link Desk#floors}.
 *
 * <p>A floor that a person decided on stands over the operator's settings, and those over what the
 * product found. Cases that have closed stay as they were judged, until somebody lets {@link
 * Recalculations} judge them again.
 */
public final class Floors {
  /** How many of the latest cases an outlook asks again, so that it takes a moment and no more. */
  private static final int CASES = 200;

  private final DeskWork work;
  private final KnowledgeBase knowledge;
  private final Map<String, Known> outlooks = new ConcurrentHashMap<>();

  private record Known(long revision, FloorOutlook outlook) {}

  Floors(DeskWork work, KnowledgeBase knowledge) {
    this.work = work;
    this.knowledge = knowledge;
    use();
  }

  /** Uses what was decided, by whatever way. */
  void use() {
    knowledge.useFloors(work.read(session -> session.floors().decided()));
  }

  /** The floors of all languages that articles are in, or that somebody set one for. */
  public List<Floor> list() {
    return work.read(
        session -> {
          TreeSet<String> languages = new TreeSet<>(session.articles().languages());
          languages.addAll(work.settings().floors().keySet());
          languages.addAll(session.floors().decided().keySet());
          return languages.stream().map(language -> floor(session, language)).toList();
        });
  }

  /**
   * The floor of a language.
   *
   * @throws NotFoundException when {@link #list} has none of it
   */
  public Floor get(String language) {
    return list().stream()
        .filter(floor -> floor.language().equals(language))
        .findFirst()
        .orElseThrow(
            () -> new NotFoundException("There are no articles in the language " + language));
  }

  private Floor floor(Session session, String language) {
    List<Floor.Decision> decisions = session.floors().decisions(language);
    Double set = work.settings().floors().get(language);
    Floor.Source found = knowledge.isFitted(language) ? Floor.Source.FITTED : Floor.Source.SHIPPED;
    Floor.Source otherwiseFrom = set == null ? found : Floor.Source.SETTINGS;
    double otherwise = set == null ? knowledge.foundFloor(language) : set;
    Double decided = decisions.isEmpty() ? null : decisions.getFirst().floor();
    return new Floor(
        language,
        decided == null ? otherwise : decided,
        decided == null ? otherwiseFrom : Floor.Source.PERSON,
        otherwise,
        otherwiseFrom,
        decisions.size(),
        decisions);
  }

  /**
   * What floors would do, told by the latest cases in a language. Asks up to two hundred questions,
   * some seconds' work, and knows the answers until the desk has learned something. Those that
   * search cannot answer now are left out.
   */
  public FloorOutlook outlook(String language) {
    long revision = work.read(session -> session.index().revision());
    Known known = outlooks.get(language);
    if (known != null && known.revision() == revision) {
      return known.outlook();
    }
    List<CaseStore.Past> past = work.read(session -> session.cases().latestAsked(language, CASES));
    FloorOutlook outlook = new FloorOutlook(language, askedAgain(past));
    if (outlook.cases().size() == past.size()) {
      outlooks.put(language, new Known(revision, outlook));
    }
    return outlook;
  }

  private List<FloorOutlook.Asked> askedAgain(List<CaseStore.Past> past) {
    Instant now = work.now();
    List<FloorOutlook.Asked> asked = new ArrayList<>();
    for (CaseStore.Past one : past) {
      Question question = one.row().asked(now);
      Matches matches = knowledge.match(question, Scope.except(one.row().id()));
      if (!matches.degraded()) {
        asked.add(
            new FloorOutlook.Asked(
                one.row().id(),
                question.text(),
                one.closedAt(),
                matches.answerable(),
                one.given()));
      }
    }
    return asked;
  }

  /**
   * Decides on a language's floor. It holds from the next question on.
   *
   * @param expectedVersion the {@link Floor#version} that the decision was based on
   * @throws NotFoundException when there is no floor of that language
   * @throws StaleException when somebody else decided since
   */
  public synchronized Floor decide(String language, long expectedVersion, FloorDecision decision) {
    Floor decided =
        work.change(
            session -> {
              long version = get(language).version();
              if (version != expectedVersion) {
                throw new StaleException(
                    "The floor of "
                        + language
                        + " has changed: it is at version "
                        + version
                        + ", not "
                        + expectedVersion);
              }
              session.floors().decide(language, decision.floor(), work.clockNow(), decision.by());
              return floor(session, language);
            });
    use();
    return decided;
  }
}
