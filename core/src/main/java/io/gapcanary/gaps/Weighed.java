package io.gapcanary.gaps;

import io.gapcanary.CaseSlice;
import io.gapcanary.storage.GapMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the impact of a gap weighs of one of its cases.
 *
 * @param at when the case closed, in milliseconds since 1970
 * @param customer the same number for the same customer of the same gap
 * @param minutes its work
 * @param repeat whether it repeats another
 */
record Weighed(
    long at,
    int customer,
    double minutes,
    boolean repeat,
    @Nullable String product,
    @Nullable String channel,
    @Nullable String segment,
    @Nullable String spoken) {

  /** A gap's cases, in their order. */
  static List<Weighed> of(List<GapMember> members) {
    Map<String, Integer> customers = new HashMap<>();
    Map<String, String> words = new HashMap<>();
    List<Weighed> weighed = new ArrayList<>(members.size());
    for (GapMember member : members) {
      Integer customer = customers.putIfAbsent(member.customer(), customers.size());
      weighed.add(
          new Weighed(
              member.at().toEpochMilli(),
              customer == null ? customers.size() - 1 : customer,
              member.minutes(),
              member.repeat(),
              once(words, member.product()),
              once(words, member.channel()),
              once(words, member.segment()),
              once(words, member.spoken())));
    }
    return List.copyOf(weighed);
  }

  private static @Nullable String once(Map<String, String> words, @Nullable String word) {
    return word == null ? null : words.computeIfAbsent(word, same -> same);
  }

  boolean isOf(CaseSlice slice) {
    return slice.has(product, channel, segment, spoken);
  }
}
