package io.gapcanary.service;

import io.gapcanary.DeskException;
import io.gapcanary.service.analyze.Analysis;
import io.gapcanary.service.command.CommandFailure;
import io.gapcanary.service.command.Configuration;
import io.gapcanary.service.command.DeskChoice;
import io.gapcanary.service.command.InputFile;
import io.gapcanary.service.command.Logging;
import io.gapcanary.service.command.ServiceSetting;
import io.gapcanary.service.command.Terminal;
import io.gapcanary.service.evaluate.Evaluation;
import io.gapcanary.service.operate.KeyCommands;
import io.gapcanary.service.operate.OperatorCommands;
import io.gapcanary.service.operate.UserCommands;
import io.gapcanary.service.serve.ServeSettings;
import io.gapcanary.service.serve.Serving;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program: its commands and their options. */
@Command(
    name = "gapcanary",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    description = "Finds the gaps of a contact centre's knowledge base in its conversations.",
    synopsisSubcommandLabel = "COMMAND")
public final class Gapcanary {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final Terminal terminal;

  private Gapcanary(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs the program with the arguments of the command line. */
  public static void main(String[] args) {
    Logging.configure(args.length > 0 && args[0].equals("serve"));
    System.exit(run(Terminal.ofProcess(), args));
  }

  /** Runs the program as {@link #main} does, and returns its exit code. */
  public static int run(Terminal terminal, String... args) {
    return new CommandLine(new Gapcanary(terminal))
        .addSubcommand(new KeyCommands(terminal))
        .addSubcommand(new UserCommands(terminal))
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(Gapcanary::misused)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command))
        .execute(args.length == 0 ? new String[] {"--help"} : args);
  }

  @Command(
      description = "Replays past cases in time order and writes the gaps that they show.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int analyze(
      @Option(
              names = "--articles",
              required = true,
              paramLabel = "FILE",
              description = "articles.jsonl: the knowledge base")
          Path articles,
      @Option(
              names = "--cases",
              required = true,
              paramLabel = "FILE",
              description = "cases.jsonl: past cases, in any order")
          Path cases,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              description = "where the gaps go: gaps.json")
          Path out,
      @Option(
              names = "--outcomes",
              required = true,
              paramLabel = "FILE",
              description = "where each case's outcome goes: outcomes.jsonl")
          Path outcomes,
      @Mixin RunOptions options) {
    requireDifferent(List.of(articles, cases, out, outcomes));
    return new Analysis(
            new InputFile("--articles", articles),
            new InputFile("--cases", cases),
            out,
            outcomes,
            options.choice(),
            options.strict)
        .run(options.quiet ? terminal.quiet() : terminal);
  }

  @Command(
      description = "Asks labelled questions and measures how well articles are found.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int evaluate(
      @Option(
              names = "--articles",
              required = true,
              paramLabel = "FILE",
              description = "articles.jsonl: the knowledge base")
          Path articles,
      @Option(
              names = "--history",
              paramLabel = "FILE",
              description = "history.jsonl: resolved questions to learn from first")
          @Nullable Path history,
      @Option(
              names = "--questions",
              required = true,
              paramLabel = "FILE",
              description = "questions.jsonl: the labelled questions")
          Path questions,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              description = "where the figures go: evaluation.json")
          Path out,
      @Option(
              names = "--results",
              required = true,
              paramLabel = "FILE",
              description = "where each question's result goes: results.jsonl")
          Path results,
      @Mixin RunOptions options) {
    requireDifferent(List.of(articles, questions, out, results));
    return new Evaluation(
            new InputFile("--articles", articles),
            history == null ? null : new InputFile("--history", history),
            new InputFile("--questions", questions),
            out,
            results,
            options.choice(),
            options.strict)
        .run(options.quiet ? terminal.quiet() : terminal);
  }

  @Command(
      description = "Serves a live desk: the HTTP API and the pages.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int serve(
      @Option(names = "--demo", description = "begin with the sample desk of a fictional company")
          boolean demo,
      @Mixin ServeOptions options) {
    Configuration configuration = options.configuration();
    Logging.format(
        configuration.get(
            ServiceSetting.LOG_FORMAT,
            text -> {
              if (!List.of("text", "json").contains(text)) {
                throw new IllegalArgumentException("must be text or json");
              }
              return text;
            }));
    return new Serving(demo, ServeSettings.of(configuration), options.choice()).run(terminal);
  }

  @Command(
      description = "Lists every setting of serve, its value and where it comes from.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int config(@Mixin ServeOptions options) {
    Configuration configuration = options.configuration();
    ServeSettings unusedChecked = ServeSettings.of(configuration);
    configuration.deskSettings();
    return new OperatorCommands(terminal).config(configuration);
  }

  @Command(
      name = "mail-test",
      description = "Sends a test to those who get the weekly report by e-mail.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int mailTest(
      @Option(
              names = "--to",
              paramLabel = "ADDRESS",
              description = "the only one to send it to (all of mailTo)")
          @Nullable String to,
      @Option(names = "--settings", paramLabel = "FILE", description = SETTINGS)
          @Nullable Path settings,
      @Option(names = "--set", paramLabel = "NAME=VALUE", description = SET)
          @Nullable Map<String, String> set) {
    Configuration configuration =
        new DeskChoice(null, settings, null, set == null ? Map.of() : set).configuration();
    return new OperatorCommands(terminal).mailTest(ServeSettings.mail(configuration), to);
  }

  @Command(
      description = "Backs up a desk into one file, also while it is served.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int backup(
      @Option(names = "--data", paramLabel = "DIR", description = FOLDER) @Nullable Path data,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "FILE",
              description = "where the backup goes; one that is there is replaced")
          Path to) {
    return new OperatorCommands(terminal).backup(data, to);
  }

  @Command(
      description = "Restores a desk from a backup into an empty or a new folder.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int restore(
      @Option(names = "--from", required = true, paramLabel = "FILE", description = "the backup")
          Path from,
      @Option(names = "--data", paramLabel = "DIR", description = FOLDER) @Nullable Path data) {
    return new OperatorCommands(terminal).restore(from, data);
  }

  @Command(
      description = "Tells what people decided and administered, the latest first.",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  int audit(
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "how many (${DEFAULT-VALUE})")
          int limit,
      @Option(names = "--data", paramLabel = "DIR", description = FOLDER) @Nullable Path data) {
    return new OperatorCommands(terminal).audit(limit, data);
  }

  /** The options of commands that read files and end. */
  static final class RunOptions {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "an empty folder for the desk, kept afterwards (a temporary one)")
    private @Nullable Path data;

    @Option(names = "--settings", paramLabel = "FILE", description = SETTINGS)
    private @Nullable Path settings;

    @Option(names = "--embedder", paramLabel = "DIR|URL", description = EMBEDDER)
    private @Nullable String embedder;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = SET)
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--quiet", description = "no progress and no summary")
    private boolean quiet;

    @Option(names = "--strict", description = "fail when a line cannot be used")
    private boolean strict;

    private DeskChoice choice() {
      return new DeskChoice(data, settings, embedder, set);
    }
  }

  /** The options of {@code serve} that {@code config} explains. */
  static final class ServeOptions {
    @Option(
        names = "--host",
        paramLabel = "HOST",
        description = "the address to listen on (127.0.0.1)")
    private @Nullable String host;

    @Option(
        names = "--port",
        paramLabel = "PORT",
        description = "the port to listen on, 0 for any free one (7070)")
    private @Nullable Integer port;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description =
            "the folder that holds the desk (gapcanary-data; with --demo a temporary one)")
    private @Nullable Path data;

    @Option(names = "--settings", paramLabel = "FILE", description = SETTINGS)
    private @Nullable Path settings;

    @Option(names = "--embedder", paramLabel = "DIR|URL", description = EMBEDDER)
    private @Nullable String embedder;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = SET)
    private Map<String, String> set = new LinkedHashMap<>();

    private Map<String, String> flags() {
      Map<String, String> flags = new LinkedHashMap<>(set);
      put(flags, ServiceSetting.HOST, host);
      put(flags, ServiceSetting.PORT, port);
      put(flags, ServiceSetting.DATA, data);
      put(flags, ServiceSetting.EMBEDDER, embedder);
      return flags;
    }

    private static void put(
        Map<String, String> flags, ServiceSetting setting, @Nullable Object given) {
      if (given != null) {
        flags.put(setting.settingName(), given.toString());
      }
    }

    private DeskChoice settingsOnly() {
      return new DeskChoice(null, settings, null, flags());
    }

    Configuration configuration() {
      return settingsOnly().configuration();
    }

    DeskChoice choice() {
      Configuration configuration = configuration();
      return new DeskChoice(
          configuration.findGiven(ServiceSetting.DATA).map(Path::of).orElse(null),
          settings,
          configuration.findGiven(ServiceSetting.EMBEDDER).orElse(null),
          flags());
    }
  }

  private static final String FOLDER = "the folder that holds the desk (gapcanary-data)";
  private static final String SETTINGS = "settings, one name = value a line";
  private static final String SET = "a setting, over those of the environment and the file";
  private static final String EMBEDDER =
      "the meaning model: a sentence-transformers ONNX folder, an OpenAI-compatible address, or none (a small English model)";

  /** A file that is read must not be written, and none be written twice. */
  private static void requireDifferent(List<Path> files) {
    List<Path> places = files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
    for (int i = 0; i < places.size(); i++) {
      if (places.subList(0, i).contains(places.get(i))) {
        throw new CommandFailure("The file " + files.get(i) + " is named by two options");
      }
    }
  }

  private static int misused(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    CommandLine.ParameterException told =
        unknownOption(command, args).<CommandLine.ParameterException>map(u -> u).orElse(e);
    command.getErr().println(oneLine(String.valueOf(told.getMessage())) + suggestion(told));
    command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return MISUSED;
  }

  /** A misspelt option makes another seem to be missing: the misspelt one is the cause. */
  private static Optional<CommandLine.UnmatchedArgumentException> unknownOption(
      CommandLine command, String[] args) {
    return Stream.of(args)
        .filter(arg -> arg.startsWith("--") && arg.length() > 2)
        .map(arg -> arg.replaceFirst("=.*", ""))
        .filter(name -> !command.getCommandSpec().optionsMap().containsKey(name))
        .map(name -> new CommandLine.UnmatchedArgumentException(command, List.of(name)))
        .findFirst();
  }

  private static String suggestion(CommandLine.ParameterException e) {
    return e instanceof CommandLine.UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? ": " + String.join(" or ", unmatched.getSuggestions()) + " is meant, perhaps"
        : "";
  }

  private static int failed(Exception thrown, CommandLine command) {
    Throwable e = cause(thrown);
    String sentence =
        switch (e) {
          case CommandFailure failure -> failure.getMessage();
          case DeskException failure -> failure.getMessage();
          case UncheckedIOException failure -> failure.getMessage();
          case OutOfMemoryError full ->
              "Gapcanary needs more memory: start it with GAPCANARY_JAVA_OPTS=-Xmx4g, for example";
          default -> "Gapcanary failed, which is its own fault: " + e;
        };
    command.getErr().println(oneLine(String.valueOf(sentence)));
    if (System.getenv("GAPCANARY_DEBUG") != null) {
      e.printStackTrace(command.getErr());
    }
    return FAILED;
  }

  /** The command line's library wraps errors that are not exceptions. */
  private static Throwable cause(Exception thrown) {
    return thrown instanceof CommandLine.ExecutionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
