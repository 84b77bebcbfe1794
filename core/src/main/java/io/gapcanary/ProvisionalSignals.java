package io.gapcanary;

import io.gapcanary.flood.Fingerprint;
import io.gapcanary.flood.FloodGuard;
import io.gapcanary.gaps.FormingSubjects;
import io.gapcanary.gaps.Joining;
import io.gapcanary.gaps.OpenSignal;
import io.gapcanary.kb.KnowledgeBase;
import io.gapcanary.kb.Matches;
import io.gapcanary.kb.Question;
import io.gapcanary.kb.Scope;
import io.gapcanary.storage.CaseRow;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.Session;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What cases say of gaps while they are open, by the rules that make a gap of them at their close.
 *
 * <p>Kept in memory beside the record and found again from the open cases after a restart, so that
 * nothing that counts closed cases can see it. Events only note which case changed; the work is
 * done by whoever calls {@link #look}, outside the order of events. Thread-safe.
 */
final class ProvisionalSignals {
  /** After this long a case is looked at again: the groups that it may join have gone on. */
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

  /** Sooner where an article changed, or where nothing could be judged. */
  private static final Duration SOON_AGAIN_AFTER = Duration.ofSeconds(10);

  /** So many of them at once. */
  private static final int AGAIN_AT_ONCE = 8;

  /** So many customers of closed cases are told apart. */
  private static final int CUSTOMERS = 100;

  private final DeskWork work;
  private final KnowledgeBase knowledge;
  private final CaseClosing closing;
  private final FloodGuard floods;
  private final RecentMatches recent;
  private final OpenCaseChanges changes;
  private final FormingSubjects forming;
  private final Supplier<DeskSettings> settings;

  private final Map<String, Looked> looked = new LinkedHashMap<>();
  private final Set<String> told = new HashSet<>();
  private List<Subject> subjects = List.of();
  private long age = -1;

  private final Object publishing = new Object();
  private volatile OpenNow now = OpenNow.NOTHING;

  ProvisionalSignals(
      DeskWork work,
      KnowledgeBase knowledge,
      CaseClosing closing,
      FloodGuard floods,
      RecentMatches recent,
      OpenCaseChanges changes,
      FormingSubjects forming,
      Supplier<DeskSettings> settings) {
    this.work = work;
    this.knowledge = knowledge;
    this.closing = closing;
    this.floods = floods;
    this.recent = recent;
    this.changes = changes;
    this.forming = forming;
    this.settings = settings;
  }

  private enum State {
    /** It says something of a gap. */
    SIGNAL,
    /** It is one of a flood, and says nothing. */
    SET_ASIDE,
    /** It could not be judged. */
    UNAVAILABLE
  }

  /**
   * What an open case came to; of most there is nothing to keep.
   *
   * @param signal of a {@link State#SIGNAL}
   * @param alike what its words are alike by, or {@code null}
   * @param at when it was looked at
   * @param articles the {@link KnowledgeBase#changes} of then
   */
  private record Looked(
      State state, @Nullable OpenSignal signal, @Nullable Long alike, Instant at, long articles) {
    /** True when it says what the case asks still. */
    boolean asks(CaseRow row) {
      return signal != null && signal.question().text().equals(row.question());
    }
  }

  /**
   * Open cases that belong together.
   *
   * @param gap the gap or the subject held back that they belong to, or {@code null}
   * @param signals in the order in which they opened
   * @param customers of these and of the closed cases of a subject held back
   * @param title empty unless several customers ask what has no gap
   */
  private record Subject(
      @Nullable GapRow gap,
      List<OpenSignal> signals,
      Set<String> customers,
      int closed,
      String title) {
    OpenSignal first() {
      return signals.getFirst();
    }

    boolean has(String caseId) {
      return signals.stream().anyMatch(signal -> signal.caseId().equals(caseId));
    }
  }

  /** As of the last look. */
  OpenNow now() {
    return now;
  }

  /** With the title that its cases have now, when any of them is open. */
  BoardChange.Forming titled(BoardChange.Forming told) {
    String title =
        now.forming().stream()
            .filter(subject -> subject.cases().stream().anyMatch(told.cases()::contains))
            .findFirst()
            .map(FormingSubject::title)
            .orElse(null);
    return new BoardChange.Forming(told.customers(), told.cases(), title, told.gapId());
  }

  /** Forgets everything at once; the next look finds it again. */
  void forget() {
    synchronized (publishing) {
      changes.everything();
      now = OpenNow.NOTHING;
    }
  }

  /**
   * Looks at open cases that something happened to, and again at some others.
   *
   * @return how many of the former
   */
  synchronized int look(int most) {
    if (age != changes.age()) {
      begin();
    }
    List<String> changed =
        changes.isEmpty() ? List.of() : work.later(session -> changes.take(most));
    boolean impaired = knowledge.impairment().isPresent();
    List<String> again = changed.size() < most ? again(impaired) : List.of();
    changed.forEach(id -> lookAt(id, impaired));
    again.forEach(id -> lookAt(id, impaired));
    if (changed.size() < most) {
      publish();
    }
    return changed.size();
  }

  private void begin() {
    looked.clear();
    forming.forget();
    told.clear();
    subjects = List.of();
    age = changes.age();
    changes.watch();
    List<String> open = work.later(session -> session.cases().open());
    changes.changed(open);
    told.addAll(work.read(session -> session.forming().told()));
  }

  /** Those that were looked at longest ago first. */
  private List<String> again(boolean impaired) {
    Instant clock = work.clockNow();
    return looked.entrySet().stream()
        .filter(one -> isDueAgain(one.getValue(), impaired, clock))
        .sorted(Comparator.comparing(one -> one.getValue().at()))
        .limit(AGAIN_AT_ONCE)
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean isDueAgain(Looked one, boolean impaired, Instant clock) {
    boolean soon = one.state() == State.UNAVAILABLE || one.articles() != knowledge.changes();
    Duration after = soon ? SOON_AGAIN_AFTER : AGAIN_AFTER;
    return !impaired && !clock.isBefore(one.at().plus(after));
  }

  private void lookAt(String caseId, boolean impaired) {
    work.giveWayAMoment();
    Looked before = looked.remove(caseId);
    CaseRow row = work.read(session -> session.cases().find(caseId)).orElse(null);
    if (row == null || !row.open()) {
      if (!impaired) {
        lookAtThoseBeside(caseId);
      }
      return;
    }
    if (row.asks()) {
      Optional<Looked> found = judge(row, before, impaired);
      found.ifPresent(one -> looked.put(caseId, one));
      if (found.filter(one -> one.state() == State.SET_ASIDE).isPresent()
          && (before == null || before.state() != State.SET_ASIDE)) {
        lookAtThoseAlike(found.get().alike());
      }
    }
  }

  /** A case that has closed may have begun what those in its group would join now. */
  private void lookAtThoseBeside(String caseId) {
    subjects.stream()
        .filter(subject -> subject.gap() == null && subject.has(caseId))
        .forEach(
            subject ->
                changes.changed(
                    subject.signals().stream()
                        .map(OpenSignal::caseId)
                        .filter(looked::containsKey)
                        .toList()));
  }

  /** Those that came before a flood was seen are of it too. */
  private void lookAtThoseAlike(@Nullable Long alike) {
    changes.changed(
        looked.entrySet().stream()
            .filter(one -> one.getValue().state() == State.SIGNAL)
            .filter(one -> Objects.equals(one.getValue().alike(), alike))
            .map(Map.Entry::getKey)
            .toList());
  }

  private Looked nothing(State state, @Nullable Long alike, long articles) {
    return new Looked(state, null, alike, work.clockNow(), articles);
  }

  /** Empty when the case says nothing of a gap as it stands. */
  private Optional<Looked> judge(CaseRow row, @Nullable Looked before, boolean impaired) {
    long articles = knowledge.changes();
    OptionalLong fingerprint = Fingerprint.of(row.question());
    Long alike = fingerprint.isPresent() ? fingerprint.getAsLong() : null;
    boolean counted =
        work.read(
            session ->
                !session.links().given(row.id()).isEmpty() || session.gapCases().counts(row.id()));
    if (counted) {
      return Optional.empty();
    }
    if (work.read(session -> floods.holds(session, row))) {
      return Optional.of(nothing(State.SET_ASIDE, alike, articles));
    }
    if (impaired) {
      return Optional.of(
          before != null && before.asks(row)
              ? before
              : nothing(State.UNAVAILABLE, alike, articles));
    }
    try {
      Matches matches = match(row);
      if (matches.degraded()) {
        return Optional.of(nothing(State.UNAVAILABLE, alike, articles));
      }
      return work.read(session -> signal(session, row, matches, alike))
          .map(signal -> new Looked(State.SIGNAL, signal, alike, work.clockNow(), articles));
    } catch (UncheckedIOException e) {
      return Optional.of(nothing(State.UNAVAILABLE, alike, articles));
    }
  }

  /** What was just found for the agent need not be searched again. */
  private Matches match(CaseRow row) {
    Question question = row.asked(row.lastAt());
    return recent
        .find(row.id(), question)
        .orElseGet(() -> knowledge.match(question, Scope.except(row.id())));
  }

  private Optional<OpenSignal> signal(
      Session session, CaseRow row, Matches matches, @Nullable Long alike) {
    Long against = alike != null && session.floods().isOfPeople(alike) ? null : alike;
    return closing
        .wouldJoin(session, row, matches)
        .map(joining -> OpenSignal.of(row, against, joining));
  }

  /**
   * A gap or a subject held back as it is now.
   *
   * @param customers of a subject held back, whose closed cases have said something already
   * @param closed how many those are
   */
  private record Known(GapRow gap, List<String> customers, int closed) {}

  /** Those that signals belong to, by the keys that these know them by. */
  private Map<Long, Known> gaps(Session session) {
    Map<Long, Known> gaps = new HashMap<>();
    for (Looked one : looked.values()) {
      Long key = one.signal() == null ? null : one.signal().joining().key();
      if (key != null && !gaps.containsKey(key)) {
        session.gaps().findLiving(key).ifPresent(gap -> gaps.put(key, known(session, gap)));
      }
    }
    return gaps;
  }

  private static Known known(Session session, GapRow gap) {
    return gap.heldBack()
        ? new Known(
            gap,
            session.gapSizes().customers(gap.key(), CUSTOMERS),
            session.gapSizes().cases(gap.key()))
        : new Known(gap, List.of(), 0);
  }

  /** Puts the signals together, by where they belong now. */
  private List<Subject> subjects() {
    Map<Long, Known> gaps = work.read(this::gaps);
    Map<Object, List<OpenSignal>> together = new LinkedHashMap<>();
    Map<Object, Known> knownAs = new HashMap<>();
    List<OpenSignal> alone = new ArrayList<>();
    for (Looked one : looked.values()) {
      OpenSignal signal = one.signal();
      if (signal == null) {
        continue;
      }
      Joining joining = signal.joining();
      Known known = joining.key() == null ? null : gaps.get(joining.key());
      if (known == null && joining.kind() == Gap.Kind.MISSING) {
        alone.add(signal);
        continue;
      }
      Object subject =
          known == null
              ? List.of(joining.kind(), String.valueOf(joining.articleId()))
              : known.gap().key();
      if (known != null) {
        knownAs.put(subject, known);
      }
      together.computeIfAbsent(subject, unused -> new ArrayList<>()).add(signal);
    }
    List<Subject> found = new ArrayList<>();
    together.forEach((subject, signals) -> found.add(subject(knownAs.get(subject), signals)));
    forming.group(alone).forEach(signals -> found.add(subject(null, signals)));
    return found;
  }

  private Subject subject(@Nullable Known known, List<OpenSignal> signals) {
    List<OpenSignal> ordered =
        signals.stream()
            .sorted(Comparator.comparing(OpenSignal::openedAt).thenComparing(OpenSignal::caseId))
            .toList();
    Set<String> customers =
        ordered.stream().map(OpenSignal::customer).collect(Collectors.toCollection(HashSet::new));
    if (known != null) {
      customers.addAll(known.customers());
    }
    GapRow gap = known == null ? null : known.gap();
    boolean shown = isForming(gap) && customers.size() >= settings.get().minimumCustomers();
    return new Subject(
        gap, ordered, customers, known == null ? 0 : known.closed(), shown ? title(ordered) : "");
  }

  /** As it was, while most of those that ask are the same. */
  private String title(List<OpenSignal> signals) {
    Set<String> asked =
        signals.stream().map(signal -> signal.question().text()).collect(Collectors.toSet());
    return subjects.stream()
        .filter(before -> !before.title().isEmpty() && isMostly(asked, before.signals()))
        .findFirst()
        .map(Subject::title)
        .orElseGet(() -> forming.title(signals));
  }

  private static boolean isMostly(Set<String> asked, List<OpenSignal> before) {
    Set<String> was =
        before.stream().map(signal -> signal.question().text()).collect(Collectors.toSet());
    long same = was.stream().filter(asked::contains).count();
    return 2 * same > Math.max(was.size(), asked.size());
  }

  private static boolean isForming(@Nullable GapRow gap) {
    return gap == null || (gap.heldBack() && gap.state().live());
  }

  /** Tells once of what enough customers ask. */
  private void tell() {
    int enough = settings.get().formingCustomers();
    for (Subject subject : subjects) {
      if (enough == 0 || subject.title().isEmpty()) {
        continue;
      }
      List<String> cases = subject.signals().stream().map(OpenSignal::caseId).toList();
      List<String> known = cases.stream().filter(told::contains).toList();
      if (known.isEmpty() ? voices(subject) >= enough : known.size() < cases.size()) {
        work.later(
            session -> {
              if (known.isEmpty()) {
                session.forming().tell(cases, subject.customers().size(), work.now());
              } else {
                session.forming().join(known, cases);
              }
              return cases;
            });
        told.addAll(cases);
      }
    }
  }

  /**
   * How many bear each other out: cases of one customer, and cases in the same words, are one
   * voice.
   */
  private static int voices(Subject subject) {
    Set<String> customers = new HashSet<>();
    Set<Long> words = new HashSet<>();
    int voices = 0;
    for (OpenSignal signal : subject.signals()) {
      boolean ownWords = signal.alike() == null || !words.contains(signal.alike());
      if (ownWords && customers.add(signal.customer())) {
        voices++;
        if (signal.alike() != null) {
          words.add(signal.alike());
        }
      }
    }
    return voices;
  }

  /** Puts together what was looked at, once there is nothing more to look at for now. */
  private void publish() {
    if (!looked.isEmpty() || !subjects.isEmpty()) {
      subjects = subjects();
      tell();
    }
    OpenNow found = found();
    synchronized (publishing) {
      if (age == changes.age()) {
        now = found;
      }
    }
  }

  private OpenNow found() {
    Map<String, OpenNow.Asked> asked = new HashMap<>();
    List<FormingSubject> several = new ArrayList<>();
    int cases = 0;
    for (Subject subject : subjects) {
      cases += subject.signals().size();
      String id = subject.gap() == null ? null : subject.gap().id();
      if (id != null) {
        asked.put(
            id,
            new OpenNow.Asked(
                subject.customers().size(),
                subject.signals().stream().map(OpenSignal::caseId).toList()));
      } else if (!subject.title().isEmpty()) {
        several.add(formed(subject));
      }
    }
    several.sort(
        Comparator.comparingInt(FormingSubject::customers)
            .reversed()
            .thenComparing(FormingSubject::since));
    return new OpenNow(cases, asked, several);
  }

  private FormingSubject formed(Subject subject) {
    OpenSignal first = subject.first();
    List<String> cases = subject.signals().stream().map(OpenSignal::caseId).toList();
    return new FormingSubject(
        first.joining().kind(),
        first.joining().articleId(),
        subject.title(),
        languages(subject.signals()),
        subject.customers().size(),
        cases,
        subject.closed(),
        first.openedAt(),
        cases.stream().anyMatch(told::contains));
  }

  private static List<String> languages(List<OpenSignal> signals) {
    return signals.stream()
        .map(OpenSignal::spoken)
        .filter(spoken -> !spoken.isEmpty())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
