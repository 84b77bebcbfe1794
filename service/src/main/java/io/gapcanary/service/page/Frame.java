package io.gapcanary.service.page;

import io.gapcanary.Gap;
import io.gapcanary.service.text.GapExplanation;
import io.gapcanary.service.text.Voice;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What every page has.
 *
 * @param voice the reader's language
 * @param path where the reader is, for the navigation and the switch of language
 * @param query what the address asks for beside the language
 * @param demo whether this is the demonstration's desk
 * @param named how an article of an id is named to people
 */
public record Frame(
    Voice voice,
    String path,
    Map<String, List<String>> query,
    boolean demo,
    UnaryOperator<String> named) {

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

  /** True on a page of the part of the site that begins with this path. */
  public boolean in(String section) {
    return path.equals(section) || path.startsWith(section + "/");
  }

  /** Why a gap is one. */
  public String why(Gap gap) {
    return GapExplanation.why(gap, voice, named);
  }
}
