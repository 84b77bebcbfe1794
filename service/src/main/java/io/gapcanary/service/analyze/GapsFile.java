package io.gapcanary.service.analyze;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.GapFilter;
import io.gapcanary.GapPage;
import io.gapcanary.Totals;
import io.gapcanary.exchange.DeskJson;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code gaps.json} holds.
 *
 * @param generatedAt when it was written
 * @param asOf the desk's own time: that of its last event
 * @param settings what shaped the result
 * @param totals the desk in numbers
 * @param gaps open ones by impact, then those that evidence has verified
 */
public record GapsFile(
    Instant generatedAt,
    Instant asOf,
    Map<String, Object> settings,
    Totals totals,
    List<Gap> gaps) {

  /** What a desk has to tell now. */
  public static GapsFile of(Desk desk, Instant generatedAt) {
    return new GapsFile(
        generatedAt, desk.now(), desk.settings().toMap(), desk.totals(), everyGap(desk));
  }

  private static List<Gap> everyGap(Desk desk) {
    List<Gap> gaps = new ArrayList<>();
    GapFilter filter = GapFilter.FIRST_PAGE.limit(1000);
    GapPage page = desk.board().list(filter);
    gaps.addAll(page.gaps());
    while (page.next() != null) {
      page = desk.board().list(filter.after(page.next()));
      gaps.addAll(page.gaps());
    }
    return gaps;
  }

  /** Writes it as JSON for people and programs. */
  public void writeTo(Writer out) throws IOException {
    DeskJson.mapper()
        .writerWithDefaultPrettyPrinter()
        .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .writeValue(out, this);
    out.write('\n');
  }
}
