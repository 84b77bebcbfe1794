package io.gapcanary;

import io.gapcanary.Gap.Event.What;
import io.gapcanary.Recalculation.Comparison;
import io.gapcanary.Recalculation.Setting;
import io.gapcanary.Recalculation.State;
import io.gapcanary.gaps.GapMatching;
import io.gapcanary.storage.Adoption;
import io.gapcanary.storage.Database;
import io.gapcanary.storage.GapContent;
import io.gapcanary.storage.GapRow;
import io.gapcanary.storage.IndexLog.Change;
import io.gapcanary.storage.SettingsStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges all past cases again under other settings, on a desk of its own beside the live one: the
 * two are compared, and then the other one's judgements are kept or thrown away. Thread-safe; made
 * by {@link Desk#recalculations}.
 *
 * <p>The cases that have closed happen again in the order of their times, as masked as they are
 * stored, and with the articles as they are now. There is one recalculation at a time. Nothing of
 * it outlives the desk: a desk that is opened again has none, and is as it was before.
 */
public final class Recalculations {
  private static final System.Logger LOG = System.getLogger(Recalculations.class.getName());

  /** The final round of what came meanwhile holds events up: it should be short. */
  private static final int ROUNDS = 5;

  private static final int FEW = 20;

  private final Live live;
  private final Beside beside;
  private @Nullable Run current;
  private int erasures;

  /** The desk that goes on meanwhile. */
  record Live(
      Desk desk, DeskFolder folder, Database database, DeskWork work, SettingsInUse settings) {}

  /** Opens an empty desk that borrows the live one's model. */
  @FunctionalInterface
  interface Beside {
    Desk open(Path folder, DeskSettings settings);
  }

  /** What is known of a recalculation. */
  private static final class Run {
    private final String id;
    private final RecalculationRequest request;
    private final List<Setting> differs;
    private final Instant begunAt;
    private volatile State state = State.WAITING;
    private volatile int done;
    private volatile int total;
    private volatile boolean thrownAway;
    private volatile @Nullable Comparison comparison;
    private volatile @Nullable String failure;
    private @Nullable Desk desk;
    private @Nullable RecordedPast cases;

    Run(String id, RecalculationRequest request, List<Setting> differs, Instant begunAt) {
      this.id = id;
      this.request = request;
      this.differs = differs;
      this.begunAt = begunAt;
    }

    Recalculation told() {
      return new Recalculation(
          id, state, begunAt, request.by(), differs, done, total, comparison, failure);
    }

    void happened(int events, int of) {
      if (thrownAway) {
        throw new CancellationException();
      }
      done = events;
      total = of;
    }
  }

  Recalculations(Live live, Beside beside) {
    this.live = live;
    this.beside = beside;
  }

  /** The settings that past cases can be judged under again, as they are, by name. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (RecalculatedSetting setting : RecalculatedSetting.values()) {
      settings.put(setting.settingName(), setting.of(live.settings().get()));
    }
    return settings;
  }

  /**
   * What people decided by keeping a recalculation.
   *
   * @param settings everything that was decided by then, texts by name
   * @param at when
   * @param by who
   */
  public record Decision(Map<String, String> settings, Instant at, String by) {
    /** Takes a copy. */
    public Decision {
      settings = Map.copyOf(settings);
    }
  }

  /** The decisions, the latest first. */
  public List<Decision> decisions() {
    return live.work().read(session -> session.settings().decisions()).stream()
        .map(one -> new Decision(one.settings(), one.at(), one.by()))
        .toList();
  }

  /**
   * Asks for a recalculation, in the place of one that failed or was kept. Somebody must {@link
   * #run} it.
   *
   * @throws IllegalArgumentException when a setting is out of its range
   * @throws NotFoundException when there is no floor of a language
   * @throws ConflictException when there is one that nobody has kept or thrown away, or while a
   *     customer is erased
   */
  public synchronized Recalculation begin(RecalculationRequest request) {
    if (erasures > 0) {
      throw new ConflictException("A customer is being erased: ask again in a moment");
    }
    List<Setting> differs = differs(request, request.over(live.settings().get()));
    Run before = current;
    if (before != null && before.state != State.FAILED && before.state != State.KEPT) {
      throw new ConflictException(
          "There is the recalculation " + before.id + " already: keep it or throw it away first");
    }
    Instant now = live.work().clockNow();
    Run run = new Run("recalculation-" + now.toEpochMilli(), request, differs, now);
    current = run;
    return run.told();
  }

  private List<Setting> differs(RecalculationRequest request, DeskSettings after) {
    List<Setting> differs = new ArrayList<>();
    for (RecalculatedSetting setting : RecalculatedSetting.values()) {
      String from = setting.of(live.settings().get());
      String to = setting.of(after);
      if (!from.equals(to)) {
        differs.add(new Setting(setting.settingName(), from, to));
      }
    }
    new TreeMap<>(request.floors())
        .forEach(
            (language, to) -> {
              double from = live.desk().floors().get(language).value();
              if (from != to) {
                differs.add(
                    new Setting("floor." + language, String.valueOf(from), String.valueOf(to)));
              }
            });
    return differs;
  }

  /** The recalculation of an id, while it is there. */
  public synchronized Optional<Recalculation> find(String id) {
    return latest().filter(one -> one.id().equals(id));
  }

  /** The recalculation that is there. */
  public synchronized Optional<Recalculation> latest() {
    return Optional.ofNullable(current).map(Run::told);
  }

  /**
   * The recalculation of an id.
   *
   * @throws NotFoundException when it is not there
   */
  public Recalculation get(String id) {
    return getRun(id).told();
  }

  private synchronized Run getRun(String id) {
    Run run = current;
    if (run == null || !run.id.equals(id)) {
      throw new NotFoundException("There is no recalculation " + id);
    }
    return run;
  }

  /**
   * Does the work, on the calling thread, giving way to live events: minutes for a long history. A
   * service calls it on a thread of its own. Returns when it is {@link State#READY} or {@link
   * State#FAILED}, or was thrown away.
   *
   * @throws NotFoundException when it is not there
   */
  public void run(String id) {
    Run run = getRun(id);
    synchronized (run) {
      if (run.state != State.WAITING || run.thrownAway) {
        return;
      }
      run.state = State.RUNNING;
      try {
        judgeAgain(run);
        run.state = State.READY;
        Objects.requireNonNull(run.cases).letGo(); // what went while the two were compared
      } catch (CancellationException e) {
        clear(run);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "Past cases could not be judged again", e);
        clear(run);
        run.failure = String.valueOf(e.getMessage());
        run.state = State.FAILED;
      }
    }
  }

  private void judgeAgain(Run run) {
    live.folder().delete(live.folder().recalculation());
    Desk again = beside.open(live.folder().recalculation(), settings(run));
    run.desk = again;
    RecordedPast cases = new RecordedPast(live.database(), again);
    run.cases = cases;
    cases.replay(
        (done, total) -> {
          live.work().giveWayAMoment();
          run.happened(done, total);
        });
    catchUp(run, cases);
    run.comparison = new RecalculationComparison(live.desk(), again).comparison();
    run.happened(run.total, run.total);
  }

  private static void catchUp(Run run, RecordedPast cases) {
    for (int round = 0; round < ROUNDS && cases.catchUp() > FEW; round++) {
      run.happened(run.done, run.total);
    }
  }

  private DeskSettings settings(Run run) {
    DeskSettings now = live.settings().get();
    Map<String, Double> floors = new HashMap<>(now.floors());
    floors.putAll(live.work().read(session -> session.floors().decided()));
    floors.putAll(run.request.floors());
    ImpactWeights weights = live.desk().weights().get().weights();
    return run.request
        .over(now)
        .with(
            b ->
                b.floors(floors)
                    .impactWeights(weights.factors())
                    .segmentWeights(weights.segments())
                    .durability(DeskSettings.Durability.RELAXED));
  }

  private void clear(Run run) {
    Desk again = run.desk;
    run.desk = null;
    if (again != null) {
      again.close();
    }
    live.folder().delete(live.folder().recalculation());
  }

  /**
   * Throws a recalculation away, or stops it. Nothing of it remains.
   *
   * @throws NotFoundException when it is not there
   */
  public void discard(String id) {
    discard(getRun(id));
  }

  /**
   * Erases something of the record: whatever there is is thrown away first, for it holds copies of
   * what customers said, and none begins meanwhile.
   */
  <T> T erasing(Supplier<T> work) {
    Run run;
    synchronized (this) {
      erasures++;
      run = current;
    }
    try {
      if (run != null) {
        discard(run);
      }
      return work.get();
    } finally {
      synchronized (this) {
        erasures--;
      }
    }
  }

  /** Lets cases go that the record let go: the copy that waits to be kept does not outlive them. */
  void removeOldCases(List<String> caseIds) {
    Run run;
    synchronized (this) {
      run = current;
    }
    if (run == null || run.state != State.READY) {
      return; // one that runs looks for them at its end
    }
    synchronized (run) {
      Desk again = run.desk;
      if (again != null) {
        again.retention().remove(caseIds);
      }
    }
  }

  private void discard(Run run) {
    run.thrownAway = true;
    synchronized (run) {
      clear(run);
    }
    synchronized (this) {
      if (Objects.equals(current, run)) {
        current = null;
      }
    }
  }

  /**
   * Keeps what a recalculation came to: the desk's settings, and everything derived, are replaced
   * at once, with what came in meanwhile. Gaps that are the same keep their ids, and whatever
   * people decided about them; a gap that somebody decided about stays even when nothing speaks for
   * it any more. Events wait meanwhile.
   *
   * @param by who decides; blank: {@code manager}
   * @throws NotFoundException when it is not there
   * @throws ConflictException when it is not {@link State#READY}
   */
  public Recalculation keep(String id, String by) {
    Run run = getRun(id);
    String person = by.isBlank() ? "manager" : by.strip();
    if (run.state != State.READY) {
      throw notReady(run);
    }
    synchronized (run) {
      Desk again = run.desk;
      if (run.state != State.READY || again == null) {
        throw notReady(run);
      }
      Objects.requireNonNull(run.cases).catchUp();
      live.work().replacing(() -> replace(run, again, person));
      live.desk().provisional().forget();
      live.settings().use(live.work().read(session -> session.settings().decided()));
      live.desk().floors().use();
      run.state = State.KEPT;
      live.folder().delete(live.folder().recalculation());
    }
    return run.told();
  }

  private static ConflictException notReady(Run run) {
    return new ConflictException(
        "The recalculation " + run.id + " cannot be kept: it is " + run.state.wireName());
  }

  private List<Change> replace(Run run, Desk again, String person) {
    Objects.requireNonNull(run.cases).catchUp();
    RecalculationComparison comparison = new RecalculationComparison(live.desk(), again);
    run.comparison = comparison.comparison();
    run.desk = null;
    again.close();
    try {
      return live.database()
          .write(
              live.folder().recalculation().resolve("desk.db"),
              adoption -> {
                adopt(adoption, comparison.matching(), run, person);
                return adoption.session().index().changes();
              });
    } catch (RuntimeException e) {
      run.failure = String.valueOf(e.getMessage());
      run.state = State.FAILED;
      live.folder().delete(live.folder().recalculation());
      throw e;
    }
  }

  private void adopt(Adoption adoption, GapMatching matching, Run run, String person) {
    Map<Long, Long> same = new LinkedHashMap<>();
    matching
        .after()
        .forEach(
            gap ->
                matching
                    .former(gap)
                    .or(() -> matching.splitFrom(gap).filter(GapContent::joined))
                    .ifPresent(former -> same.put(gap.key(), former.key())));
    Set<Long> kept =
        matching.before().stream()
            .filter(gap -> stays(matching, gap))
            .map(GapContent::key)
            .collect(Collectors.toSet());
    Map<Long, Integer> sizes = new HashMap<>();
    matching
        .before()
        .forEach(gap -> sizes.put(gap.key(), adoption.session().gapSizes().cases(gap.key())));
    adoption.adoptOutcomes();
    adoption.adoptFloods();
    adoption.adoptGivings();
    adoption.adoptGaps(same, kept);
    adoption.number();
    Instant at = live.work().clockNow();
    String settings =
        run.differs.stream()
            .map(one -> one.name() + " " + one.from() + " → " + one.to())
            .collect(Collectors.joining(", "));
    Set<Long> noted = new HashSet<>();
    for (GapContent gap : matching.before()) {
      if (gap.number() != null && !gap.cases().isEmpty() && noted.add(gap.key())) {
        int before = sizes.getOrDefault(gap.key(), 0);
        Gap.Event event = event(at, person, settings, gap.key(), before, null, adoption);
        became(adoption, matching, gap, event);
      }
    }
    for (GapContent gap : matching.after()) {
      GapRow ours = gap.number() == null ? null : adoption.ours(gap.key()).orElse(null);
      if (ours != null && noted.add(ours.key())) {
        String from = matching.splitFrom(gap).map(GapContent::id).orElse(null);
        adoption.note(ours.key(), event(at, person, settings, ours.key(), 0, from, adoption));
      }
    }
    adoption.finish();
    decide(adoption, run, at, person);
  }

  /** True for a gap whose cases stay in it, whatever they say now. */
  private static boolean stays(GapMatching matching, GapContent gap) {
    boolean there = matching.later(gap).filter(later -> later.number() != null).isPresent();
    return gap.number() != null && gap.lasts() && !there;
  }

  private static void became(
      Adoption adoption, GapMatching matching, GapContent gap, Gap.Event event) {
    boolean there = matching.later(gap).filter(later -> later.number() != null).isPresent();
    adoption.note(gap.key(), event);
    if (there || gap.lasts()) {
      return;
    }
    Optional<GapRow> into =
        matching.joined(gap).flatMap(other -> adoption.ours(other.key())).filter(o -> !o.merged());
    boolean held = matching.later(gap).isPresent();
    if (into.isPresent() && !held && into.get().key() != gap.key()) {
      adoption.join(gap, into.get().key());
      adoption.note(
          into.get().key(),
          new Gap.Event(
              event.at(),
              event.by(),
              What.MERGED,
              Map.of("gap", String.valueOf(gap.id()), "state", gap.state().wireName()),
              null));
    } else {
      adoption.holdBack(gap);
    }
  }

  private static Gap.Event event(
      Instant at,
      String person,
      String settings,
      long key,
      int before,
      @Nullable String from,
      Adoption adoption) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("settings", settings);
    details.put("before", before);
    details.put("after", adoption.session().gapSizes().cases(key));
    if (from != null) {
      details.put("from", from);
    }
    return new Gap.Event(at, person, What.RECALCULATED, details, null);
  }

  private static void decide(Adoption adoption, Run run, Instant at, String person) {
    SettingsStore store = adoption.session().settings();
    Map<String, String> decided = new HashMap<>(store.decided());
    run.request.settings().forEach((setting, to) -> decided.put(setting.settingName(), to.strip()));
    if (!run.request.settings().isEmpty()) {
      store.decide(decided, at, person);
    }
    run.request
        .floors()
        .forEach(
            (language, floor) -> adoption.session().floors().decide(language, floor, at, person));
  }

  /** Throws away what is there. The desk closes. */
  void close() {
    Run run;
    synchronized (this) {
      run = current;
    }
    if (run != null) {
      run.thrownAway = true;
      synchronized (run) {
        clear(run);
      }
    }
  }
}
