package io.gapcanary.service.http;

import io.gapcanary.NotFoundException;
import io.gapcanary.WireName;
import io.gapcanary.exchange.Flaw;
import io.gapcanary.service.imports.Import;
import io.gapcanary.service.imports.Imports;
import io.gapcanary.service.imports.Upload;
import io.gapcanary.service.text.FlawText;
import io.gapcanary.service.text.Voice;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files of articles and past cases that come into the running desk, over HTTP. */
public final class ImportRoutes {
  private final Imports imports;

  /** The routes of a desk's imports. */
  public ImportRoutes(Imports imports) {
    this.imports = imports;
  }

  /** Adds them all. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/api/v1/imports", this::begin);
    routes.get("/api/v1/imports", this::list);
    routes.get("/api/v1/imports/{id}", this::get);
    routes.delete("/api/v1/imports/{id}", this::cancel);
  }

  private void begin(Context context) throws IOException {
    Import.What what =
        Body.reading(
            () ->
                WireName.parse(
                    Import.What.class,
                    "what",
                    Parameters.shown(
                        Objects.requireNonNullElse(context.queryParam("what"), "nothing"))));
    String name =
        Optional.ofNullable(context.queryParam("name"))
            .filter(given -> !given.isBlank())
            .orElse(what.wireName() + ".jsonl");
    if (context.req().getContentLengthLong() > Imports.LARGEST) {
      throw new ProblemException(
          Problem.Kind.TOO_LARGE, "The body has more than 2 GB: send it in parts");
    }
    Import begun =
        Body.streaming(
            context,
            in ->
                Body.reading(
                    () ->
                        imports.begin(what, List.of(new Upload(name, in)), Gate.by(context, ""))));
    Gate.noteSubject(context, begun.id());
    context
        .status(HttpStatus.ACCEPTED)
        .header("Location", "/api/v1/imports/" + begun.id())
        .json(told(begun, Parameters.voice(context)));
  }

  /** As it is told: all of it but for what only the import itself needs. */
  private static Map<String, @Nullable Object> told(Import one, Voice voice) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("id", one.id());
    told.put("what", one.what());
    told.put("name", one.name());
    told.put("by", one.by());
    told.put("startedAt", one.startedAt());
    told.put("endedAt", one.endedAt());
    told.put("state", one.state());
    told.put("total", one.total());
    told.put("read", one.read());
    told.put("accepted", one.accepted());
    told.put("known", one.known());
    told.put("refused", one.refused());
    told.put("refusals", told(one.refusals(), voice));
    told.put("warnings", told(one.warnings(), voice));
    Flaw failure = one.failure();
    told.put("failure", failure == null ? null : FlawText.say(voice, failure));
    return told;
  }

  private record ToldRemark(String file, int line, String code, String reason) {}

  private static List<ToldRemark> told(List<Import.Remark> remarks, Voice voice) {
    return remarks.stream()
        .map(
            remark ->
                new ToldRemark(
                    remark.file(),
                    remark.line(),
                    remark.flaw().code(),
                    FlawText.say(voice, remark.flaw())))
        .toList();
  }

  private void list(Context context) {
    Voice voice = Parameters.voice(context);
    context.json(Map.of("imports", imports.list().stream().map(one -> told(one, voice)).toList()));
  }

  private Import require(Context context) {
    String id = context.pathParam("id");
    return imports
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no import " + Parameters.shown(id)));
  }

  private void get(Context context) {
    context.json(told(require(context), Parameters.voice(context)));
  }

  private void cancel(Context context) {
    imports.cancel(require(context).id());
    context.status(HttpStatus.ACCEPTED).json(told(require(context), Parameters.voice(context)));
  }
}
