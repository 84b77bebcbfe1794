package io.gapcanary.service.imports;

import io.gapcanary.exchange.Flaw;
import io.gapcanary.service.imports.Import.Remark;
import io.gapcanary.service.imports.Import.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted while an import runs. Thread-safe. */
final class Ledger {
  private final Import begun;
  private final List<Remark> refusals;
  private final List<Remark> warnings;
  private State state;
  private @Nullable Instant endedAt;
  private @Nullable Integer total;
  private int read;
  private int accepted;
  private int known;
  private int refused;
  private @Nullable Flaw failure;
  private boolean checked;
  private boolean cancelled;

  /** Goes on where an import stopped. */
  Ledger(Import from) {
    begun = from;
    state = from.state();
    endedAt = from.endedAt();
    total = from.total();
    read = from.read();
    accepted = from.accepted();
    known = from.known();
    refused = from.refused();
    refusals = new ArrayList<>(from.refusals());
    warnings = new ArrayList<>(from.warnings());
    failure = from.failure();
    checked = from.checked();
  }

  synchronized Import now() {
    return as(state, endedAt, failure);
  }

  /** How it is once it has ended so; nobody is told yet. */
  synchronized Import as(State how, @Nullable Instant at, @Nullable Flaw why) {
    return new Import(
        begun.id(),
        begun.what(),
        begun.name(),
        begun.by(),
        begun.startedAt(),
        at,
        how,
        total,
        read,
        accepted,
        known,
        refused,
        refusals,
        warnings,
        why,
        checked);
  }

  synchronized void running() {
    state = State.RUNNING;
  }

  /** Begins to look at the lines; what was counted at an earlier try is forgotten. */
  synchronized void checking() {
    total = null;
    read = 0;
    accepted = 0;
    known = 0;
    refused = 0;
    refusals.clear();
    warnings.clear();
  }

  /** All lines have been looked at. */
  synchronized void checked(int usable) {
    total = usable + refused;
    read = refused;
    checked = true;
  }

  synchronized boolean isChecked() {
    return checked;
  }

  synchronized void accepted() {
    read++;
    accepted++;
  }

  synchronized void known() {
    read++;
    known++;
  }

  synchronized void refused(String file, int line, Flaw flaw) {
    read++;
    refused++;
    if (refusals.size() < Import.TOLD) {
      refusals.add(new Remark(file, line, flaw));
    }
  }

  synchronized void warned(String file, int line, Flaw flaw) {
    if (warnings.size() < Import.TOLD) {
      warnings.add(new Remark(file, line, flaw));
    }
  }

  synchronized boolean isUnderWay() {
    return state == State.WAITING || state == State.RUNNING;
  }

  synchronized void cancel() {
    cancelled = true;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized void ended(State how, Instant at, @Nullable Flaw why) {
    state = how;
    endedAt = at;
    failure = why;
  }
}
