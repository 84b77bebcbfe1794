package io.gapcanary.service.command;

import io.gapcanary.Desk;
import io.gapcanary.DeskSettings;
import io.gapcanary.kb.HttpTextEmbedder;
import io.gapcanary.kb.OnnxTextEmbedder;
import io.gapcanary.kb.TextEmbedder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Which desk a command works on: the options {@code --data}, {@code --settings} and {@code
 * --embedder}.
 *
 * @param data the folder, or {@code null} for what the command does without
 * @param settings the settings' file, or {@code null} for the defaults
 * @param embedder a folder, an address, {@code none}, or {@code null} for the model that comes
 *     along
 */
public record DeskChoice(@Nullable Path data, @Nullable Path settings, @Nullable String embedder) {

  /** The environment variable that holds the key of an embedding endpoint. */
  private static final String KEY = "GAPCANARY_EMBEDDER_KEY";

  private static final Duration PATIENT = Duration.ofMinutes(1);

  /** The default of everything. */
  public static final DeskChoice DEFAULT = new DeskChoice(null, null, null);

  /**
   * The settings, read and checked.
   *
   * @throws CommandFailure naming what cannot be used
   */
  public DeskSettings deskSettings() {
    if (settings == null) {
      return DeskSettings.DEFAULT;
    }
    return SettingsFile.read(new InputFile("--settings", settings).path());
  }

  /**
   * Opens the desk.
   *
   * @throws CommandFailure when the embedder cannot be used
   */
  public Desk open(Path folder, DeskSettings deskSettings, InstantSource clock) {
    return open(folder, deskSettings, clock, textEmbedder(HttpTextEmbedder.LIVE));
  }

  private static Desk open(
      Path folder, DeskSettings deskSettings, InstantSource clock, @Nullable TextEmbedder meaning) {
    try {
      return Desk.open(folder, deskSettings, clock, meaning);
    } catch (RuntimeException e) {
      if (meaning != null) {
        meaning.close();
      }
      throw e;
    }
  }

  /**
   * Opens a desk that has nothing in it yet, for files: no agent waits, so that a slow model is
   * waited for.
   *
   * @throws CommandFailure when it has
   */
  public Desk openEmpty(Path folder, DeskSettings deskSettings, InstantSource clock) {
    Desk desk = open(folder, deskSettings, clock, textEmbedder(PATIENT));
    if (desk.articles().size() > 0 || desk.totals().cases() > 0) {
      desk.close();
      throw new CommandFailure(
          "The data folder " + folder + " already holds a desk: name an empty or a new folder");
    }
    return desk;
  }

  private @Nullable TextEmbedder textEmbedder(Duration question) {
    if (embedder == null) {
      return OnnxTextEmbedder.bundled().orElse(null);
    }
    if (embedder.equals("none")) {
      return null;
    }
    try {
      return embedder.matches("https?://.*")
          ? HttpTextEmbedder.at(URI.create(embedder), System.getenv(KEY), question)
          : OnnxTextEmbedder.folder(embedderFolder(embedder));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private static Path embedderFolder(String name) {
    Path folder = Path.of(name);
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          "There is no folder "
              + name
              + ", which --embedder names: it takes a model's folder, an http address, or none");
    }
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new CommandFailure("The embedder folder " + name + " cannot be read", e);
    }
  }
}
