package io.gapcanary.service.imports;

import io.gapcanary.WireName;
import io.gapcanary.exchange.Flaw;
import java.util.List;
import java.util.Locale;

/** What may be wrong with a file as a whole. */
enum FileReason implements WireName {
  FILE_OF_NO_FORMAT("The file is none of .md, .html, .csv, .jsonl and .zip"),
  FILE_TOO_LARGE("The file has more than %s MB"),
  FILE_DAMAGED("The file is damaged"),
  FILE_NOT_TEXT("The file is no text"),
  FILE_OF_NO_CHARACTER_SET("The file is neither UTF-8 nor code page 949"),
  FILE_NOT_CSV("The file is not valid CSV from some line on"),
  FILE_LEADS_OUT("A file has a name that leads out of its folder"),
  FILE_WITHOUT_NAME("A file has no name"),
  FRONT_MATTER_NOT_FIELDS("The front matter is no list of fields"),
  FRONT_MATTER_NOT_YAML("The front matter is not valid YAML"),
  ZIP_DAMAGED("The zip is damaged"),
  ZIP_OF_TOO_MANY("The zip has more than %s files"),
  ZIP_TOO_LARGE("The zip unpacks to more than %s MB"),
  NOT_READ_TO_ITS_END("It cannot be read to its end; the log says why");

  private final String english;

  FileReason(String english) {
    this.english = english;
  }

  Flaw flaw(String... arguments) {
    return new Flaw(
        List.of(),
        wireName(),
        List.of(arguments),
        String.format(Locale.ROOT, english, (Object[]) arguments));
  }
}
