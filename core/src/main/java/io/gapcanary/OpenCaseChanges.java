package io.gapcanary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The cases that something happened to since they were last looked at. Thread-safe. Collects
 * nothing until somebody looks.
 */
final class OpenCaseChanges {
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final AtomicLong age = new AtomicLong();
  private volatile boolean watched;

  /** Something happened to a case; what it was need not be safe on disk yet. */
  void changed(String caseId) {
    if (watched) {
      changed.add(caseId);
    }
  }

  void changed(Collection<String> caseIds) {
    changed.addAll(caseIds);
  }

  /** What was known of all cases holds no more. */
  void everything() {
    age.incrementAndGet();
  }

  /** Another number whenever {@link #everything} was called. */
  long age() {
    return age.get();
  }

  /** Collects from now on. */
  void watch() {
    watched = true;
  }

  boolean isEmpty() {
    return changed.isEmpty();
  }

  /** Takes some. */
  List<String> take(int most) {
    List<String> taken = new ArrayList<>();
    for (Iterator<String> all = changed.iterator(); all.hasNext() && taken.size() < most; ) {
      taken.add(all.next());
      all.remove();
    }
    return taken;
  }
}
