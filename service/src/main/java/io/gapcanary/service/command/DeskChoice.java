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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which desk a command works on: the options {@code --data}, {@code --settings} and {@code
 * --embedder}.
 *
 * @param data the folder, or {@code null} for what the command does without
 * @param settings the settings' file, or {@code null} for the defaults
 * @param embedder a folder, an address, {@code none}, or {@code null} for the model that comes
 *     along
 * @param set settings by name, which stand over the environment and the file
 */
public record DeskChoice(
    @Nullable Path data,
    @Nullable Path settings,
    @Nullable String embedder,
    Map<String, String> set) {
  /** Takes a copy. */
  public DeskChoice {
    set = Map.copyOf(set);
  }

  /** Without settings on the command line. */
  public DeskChoice(@Nullable Path data, @Nullable Path settings, @Nullable String embedder) {
    this(data, settings, embedder, Map.of());
  }

  /** The environment variable that holds the key of an embedding endpoint. */
  private static final String KEY = "GAPCANARY_EMBEDDER_KEY";

  /** What an embeddings endpoint said, in the data folder. */
  private static final String ENDPOINT = "embedding-endpoint.json";

  private static final Duration PATIENT = Duration.ofMinutes(1);

  /** The default of everything. */
  public static final DeskChoice DEFAULT = new DeskChoice(null, null, null);

  /**
   * The settings, read and checked.
   *
   * @throws CommandFailure naming what cannot be used
   */
  public DeskSettings deskSettings() {
    return configuration().deskSettings();
  }

  /**
   * All settings, with those of the environment.
   *
   * @throws CommandFailure naming what is no setting
   */
  public Configuration configuration() {
    Path file = settings == null ? null : new InputFile("--settings", settings).path();
    return Configuration.of(file, System.getenv(), set);
  }

  /**
   * Opens the desk.
   *
   * @throws CommandFailure when the embedder cannot be used
   */
  public Desk open(Path folder, DeskSettings deskSettings, InstantSource clock) {
    return open(
        folder, deskSettings, clock, textEmbedder(HttpTextEmbedder.LIVE, folder.resolve(ENDPOINT)));
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
    Desk desk = open(folder, deskSettings, clock, textEmbedder(PATIENT, null));
    if (desk.articles().size() > 0 || desk.totals().cases() > 0) {
      desk.close();
      throw new CommandFailure(
          "The data folder " + folder + " already holds a desk: name an empty or a new folder");
    }
    return desk;
  }

  private @Nullable TextEmbedder textEmbedder(Duration question, @Nullable Path remembered) {
    String named =
        embedder == null
            ? configuration().findGiven(ServiceSetting.EMBEDDER).orElse(null)
            : embedder;
    if (named == null) {
      return OnnxTextEmbedder.bundled().orElse(null);
    }
    if (named.equals("none")) {
      return null;
    }
    try {
      return named.matches("https?://.*")
          ? HttpTextEmbedder.at(URI.create(named), System.getenv(KEY), question, remembered)
          : OnnxTextEmbedder.folder(embedderFolder(named));
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
