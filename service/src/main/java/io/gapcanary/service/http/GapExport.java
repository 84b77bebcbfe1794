package io.gapcanary.service.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gapcanary.Desk;
import io.gapcanary.Gap;
import io.gapcanary.GapBoard;
import io.gapcanary.GapFilter;
import io.gapcanary.GapRank;
import io.gapcanary.OpenNow;
import io.gapcanary.exchange.DeskJson;
import io.gapcanary.service.text.Csv;
import io.javalin.http.Context;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole list of gaps over HTTP, written as it is made. */
final class GapExport {
  private static final Logger LOG = LoggerFactory.getLogger(GapExport.class);

  private final Desk desk;
  private final GapBoard board;

  GapExport(Desk desk) {
    this.desk = desk;
    this.board = desk.board();
  }

  void export(Context context) throws IOException {
    Instant asOf = Parameters.time(context, "asOf").orElseGet(desk::now);
    GapFilter filter = GapRoutes.filter(context);
    boolean csv = GapWorkRoutes.wants(context, "csv", "text/csv");
    context.contentType(csv ? "text/csv; charset=utf-8" : "application/json");
    context.header(
        "Content-Disposition",
        "attachment; filename=\"gaps-"
            + LocalDate.ofInstant(asOf, ZoneOffset.UTC)
            + (csv ? ".csv\"" : ".json\""));
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(context.outputStream(), StandardCharsets.UTF_8))) {
      if (csv) {
        writeCsv(filter, asOf, out);
      } else {
        writeJson(filter, asOf, out);
      }
    } catch (IOException | UncheckedIOException e) {
      if (!context.res().isCommitted()) {
        throw e;
      }
      LOG.debug("Whoever asked for the list of gaps has left", e);
    }
  }

  private void writeJson(GapFilter filter, Instant asOf, Writer out) throws IOException {
    try (JsonGenerator json = DeskJson.mapper().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("asOf", asOf.toString());
      json.writeArrayFieldStart("gaps");
      OpenNow now = board.openNow();
      board.forEach(
          filter,
          asOf,
          (gap, rank) -> writing(() -> json.writePOJO(GapRoutes.withOpenNow(gap, now))));
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void writeCsv(GapFilter filter, Instant asOf, Writer out) throws IOException {
    out.write(Csv.UTF_8_MARK);
    out.write(
        Csv.line(
            "rank",
            "id",
            "kind",
            "state",
            "title",
            "owner",
            "remedy",
            "article",
            "cases",
            "customers",
            "languages",
            "score",
            "casesPerWeek",
            "minutesPerCase",
            "repeatRate",
            "reach",
            "segmentWeight",
            "trend",
            "firstSeen",
            "lastSeen",
            "detectedAt",
            "questions"));
    board.forEach(filter, asOf, (gap, rank) -> writing(() -> out.write(line(gap, rank))));
  }

  private static String line(Gap gap, @Nullable GapRank rank) {
    return Csv.line(
        rank == null ? null : String.valueOf(rank.rank()),
        gap.id(),
        gap.kind().wireName(),
        gap.state().wireName(),
        gap.title(),
        gap.owner(),
        gap.remedy().wireName(),
        gap.articleId(),
        String.valueOf(gap.cases().size()),
        String.valueOf(gap.customers()),
        lines(gap.languages()),
        String.valueOf(gap.impact().score()),
        String.valueOf(gap.impact().casesPerWeek()),
        String.valueOf(gap.impact().minutesPerCase()),
        String.valueOf(gap.impact().repeatRate()),
        String.valueOf(gap.impact().reach()),
        String.valueOf(gap.impact().segmentWeight()),
        String.valueOf(gap.impact().trend()),
        gap.firstSeen().toString(),
        gap.lastSeen().toString(),
        gap.detectedAt().toString(),
        lines(gap.questions()));
  }

  private static String lines(List<String> texts) {
    return String.join("\n", texts);
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void writing(Writing one) {
    try {
      one.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
