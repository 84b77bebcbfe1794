package io.gapcanary.service.text;

import io.gapcanary.exchange.Flaw;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what is wrong with something in a file. */
public final class FlawText {
  private FlawText() {}

  /** One sentence; in English where the texts have none for it. */
  public static String say(Voice voice, Flaw flaw) {
    String key = "flaw." + flaw.code();
    if (!voice.says(key)) {
      return flaw.sentence();
    }
    String about =
        flaw.about().stream()
            .map(part -> voice.say("flaw.about." + part.kind().wireName(), part.name()).strip())
            .collect(Collectors.joining(", "));
    return voice.say(key, Stream.concat(Stream.of(about), flaw.arguments().stream()).toArray());
  }
}
