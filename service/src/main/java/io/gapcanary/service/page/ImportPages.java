package io.gapcanary.service.page;

import io.gapcanary.NotFoundException;
import io.gapcanary.service.http.Gate;
import io.gapcanary.service.imports.Import;
import io.gapcanary.service.imports.Imports;
import io.gapcanary.service.imports.Upload;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where files of articles and past cases are sent, and how far they are. */
public final class ImportPages {
  private final Pages pages;
  private final Imports imports;

  /** The pages of a desk's imports. */
  public ImportPages(Pages pages, Imports imports) {
    this.pages = pages;
    this.imports = imports;
  }

  /**
   * All imports, and the form for another.
   *
   * @param imports the latest first
   * @param refused why what was sent cannot be taken, or {@code null}
   */
  public record View(Frame frame, List<Import> imports, @Nullable String refused) {
    /** Takes a copy. */
    public View {
      imports = List.copyOf(imports);
    }
  }

  /** One import. */
  public record One(Frame frame, Import one) {}

  /** Adds them all. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/import", context -> show(context, null));
    routes.post("/import", this::begin);
    routes.get("/import/{id}", this::get);
    routes.post("/import/{id}", this::cancel);
  }

  private void show(Context context, @Nullable String refused) {
    pages.show(context, "imports.jte", new View(pages.frame(context), imports.list(), refused));
  }

  private void begin(Context context) throws IOException {
    List<UploadedFile> files =
        context.uploadedFiles("file").stream().filter(file -> file.size() > 0).toList();
    if (files.isEmpty()) {
      refuse(context, "import.refused.none");
      return;
    }
    Import.What what =
        "cases".equals(context.formParam("what")) ? Import.What.CASES : Import.What.ARTICLES;
    if (what == Import.What.CASES && files.size() > 1) {
      refuse(context, "import.refused.several");
      return;
    }
    List<Upload> uploads =
        files.stream().map(file -> new Upload(named(file.filename()), file.content())).toList();
    try {
      Import begun = imports.begin(what, uploads, Gate.by(context, ""));
      Gate.noteSubject(context, begun.id());
      context.redirect("/import/" + begun.id(), HttpStatus.SEE_OTHER);
    } catch (IllegalArgumentException e) {
      refuse(context, "import.refused.large");
    } finally {
      for (Upload upload : uploads) {
        upload.content().close();
      }
    }
  }

  private static String named(String name) {
    return name.isBlank() ? "file" : name;
  }

  private void refuse(Context context, String why) {
    context.status(HttpStatus.BAD_REQUEST);
    show(context, pages.frame(context).voice().say(why));
  }

  private Import require(Context context) {
    String id = context.pathParam("id");
    return imports.find(id).orElseThrow(() -> new NotFoundException("There is no import " + id));
  }

  private void get(Context context) {
    pages.show(context, "import.jte", new One(pages.frame(context), require(context)));
  }

  private void cancel(Context context) {
    String id = require(context).id();
    imports.cancel(id);
    context.redirect("/import/" + id, HttpStatus.SEE_OTHER);
  }
}
