package io.gapcanary.service.page;

import io.gapcanary.Gap;
import io.gapcanary.service.access.Caller;
import io.gapcanary.service.access.RouteRules;
import io.gapcanary.service.text.GapExplanation;
import io.gapcanary.service.text.GapStep;
import io.gapcanary.service.text.GapWanting;
import io.gapcanary.service.text.Voice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What every page has.
 *
 * @param voice the reader's language
 * @param path where the reader is, for the navigation and the switch of language
 * @param query what the address asks for beside the language
 * @param demo whether this is the demonstration's desk
 * @param named how an article of an id is named to people
 * @param visitor the reader, or {@code null} for one who is not known
 * @param people those who sign in here, by name; empty while nobody needs to
 */
public record Frame(
    Voice voice,
    String path,
    Map<String, List<String>> query,
    boolean demo,
    UnaryOperator<String> named,
    @Nullable Caller visitor,
    List<String> people) {
  /** Takes a copy. */
  public Frame {
    people = List.copyOf(people);
  }

  /** True for one who signed in, and can sign out. */
  public boolean signedIn() {
    return visitor != null && visitor.kind() == Caller.Kind.PERSON;
  }

  /** Whether the reader decides about gaps, floors and weights. */
  public boolean decides() {
    return may("/floor");
  }

  /** Whether the reader may open a page, which must be one of {@link RouteRules}. */
  public boolean may(String path) {
    return visitor != null
        && RouteRules.find("GET", path).filter(rule -> rule.admits(visitor, "")).isPresent();
  }

  /** The same page in the other language. */
  public String inOtherLanguage() {
    StringBuilder address = new StringBuilder(path).append('?');
    query.forEach(
        (name, values) ->
            values.stream()
                .filter(value -> !name.equals("lang"))
                .forEach(value -> address.append(Addresses.parameter(name, value)).append('&')));
    return address.append("lang=").append(voice.other().code()).toString();
  }

  /** What the address asks for, encoded; without the language and what was told after an act. */
  public String queryString() {
    return query.entrySet().stream()
        .filter(entry -> !Set.of("lang", "done", "left").contains(entry.getKey()))
        .flatMap(
            entry ->
                entry.getValue().stream().map(value -> Addresses.parameter(entry.getKey(), value)))
        .collect(Collectors.joining("&"));
  }

  /** True on a page of the part of the site that begins with this path. */
  public boolean in(String section) {
    return path.equals(section) || path.startsWith(section + "/");
  }

  /** Why a gap is one. */
  public String why(Gap gap) {
    return GapExplanation.why(gap, voice, named);
  }

  /**
   * What its remedy leaves wanting, or {@code null}: questions that it does not answer, or that it
   * leads elsewhere.
   */
  public @Nullable String wanting(Gap gap) {
    return GapWanting.say(gap, voice);
  }

  /** What to do about a gap, or {@code null} when there is nothing to be done. */
  public @Nullable String step(Gap gap) {
    return GapStep.say(gap, voice);
  }
}
