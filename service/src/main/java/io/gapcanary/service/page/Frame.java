package io.gapcanary.service.page;

import io.gapcanary.Gap;
import io.gapcanary.service.text.GapExplanation;
import io.gapcanary.service.text.Voice;
import java.util.function.UnaryOperator;

/**
 * What every page has.
 *
 * @param voice the reader's language
 * @param path where the reader is, for the navigation and the switch of language
 * @param demo whether this is the demonstration's desk
 * @param named how an article of an id is named to people
 */
public record Frame(Voice voice, String path, boolean demo, UnaryOperator<String> named) {

  /** True on a page of the part of the site that begins with this path. */
  public boolean in(String section) {
    return path.equals(section) || path.startsWith(section + "/");
  }

  /** Why a gap is one. */
  public String why(Gap gap) {
    return GapExplanation.why(gap, voice, named);
  }
}
