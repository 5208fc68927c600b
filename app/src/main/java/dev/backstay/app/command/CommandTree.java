package dev.backstay.app.command;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.ExitCode;
import dev.backstay.app.console.Presenter;
import dev.backstay.model.EngineException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands, wired by hand. Only those are made that the command line names: making all of them
/// takes longer than most commands run.
public final class CommandTree {

  // What these say is about all the others.
  private static final Set<String> ABOUT_ALL = Set.of("help", "completion", "__complete");

  private final CommandLine root;
  private final String[] arguments;

  private CommandTree(CommandLine root, String[] arguments) {
    this.root = root;
    this.arguments = arguments;
  }

  /// @param arguments what follows the program's name
  static CommandTree of(Wiring wiring, String... arguments) {
    RootCommand command = new RootCommand(wiring);
    GlobalOptions options = command.options;
    Access access = new Access(wiring, options);
    Branch root = new Branch(command, word(arguments, 0));
    root.add("contexts", () -> new ContextsCommand(wiring, access));
    root.add("context", () -> context(wiring, access));
    root.add("namespaces", () -> new NamespacesCommand(wiring, access, options));
    root.add("pvcs", () -> new PvcsCommand(wiring, access));
    root.add("classes", () -> new ClassesCommand(wiring, access));
    root.add("snapshots", () -> new SnapshotsCommand(wiring, access));
    root.add("snapshot", () -> snapshot(wiring, access));
    root.add("backup", () -> new BackupCommand(wiring, access));
    root.add("points", () -> new PointsCommand(wiring, access, options));
    root.add("ls", () -> new LsCommand(wiring, access, options));
    root.add("cat", () -> new CatCommand(wiring, access, options));
    root.add("get", () -> new GetCommand(wiring, access, options));
    root.add("find", () -> new FindCommand(wiring, access, options));
    root.add("versions", () -> new VersionsCommand(wiring, access, options));
    root.add("diff", () -> new DiffCommand(wiring, access, options));
    root.add("restore", () -> new RestoreCommand(wiring, access, options));
    root.add("jobs", () -> new JobsCommand(wiring, access));
    root.add("cleanup", () -> new CleanupCommand(wiring, access, options));
    root.add("repo", () -> repo(wiring, access, arguments));
    root.add("catalog", () -> catalog(wiring, access));
    root.add("demo", () -> new DemoCommand(wiring));
    root.add("completion", () -> new CompletionCommand(wiring));
    root.add("__complete", () -> new CompleteCommand(wiring));
    root.add("version", () -> new VersionCommand(wiring));
    root.add("help", HelpCommand::new);
    return new CommandTree(root.commandLine(), arguments)
        .dress(wiring.console(), wiring.presenter());
  }

  private static CommandLine context(Wiring wiring, Access access) {
    return new CommandLine(new ContextCommand())
        .addSubcommand(new ContextMarkCommand(wiring, access));
  }

  private static CommandLine snapshot(Wiring wiring, Access access) {
    return new CommandLine(new SnapshotCommand())
        .addSubcommand(new SnapshotTakeCommand(wiring, access))
        .addSubcommand(new SnapshotRestoreCommand(wiring, access))
        .addSubcommand(new SnapshotDeleteCommand(wiring, access));
  }

  private static CommandLine catalog(Wiring wiring, Access access) {
    return new CommandLine(new CatalogCommand())
        .addSubcommand(new CatalogListCommand(wiring, access))
        .addSubcommand(new CatalogCommand.Rebuild(wiring, access))
        .addSubcommand(new CatalogForgetCommand(wiring, access));
  }

  private static CommandLine repo(Wiring wiring, Access access, String[] arguments) {
    boolean named = word(arguments, 0).equals("repo");
    Branch repo = new Branch(new RepoCommand(), named ? word(arguments, 1) : "");
    repo.add("init", () -> new RepoInitCommand(wiring, access));
    repo.add("check", () -> new RepoCheckCommand(wiring, access));
    repo.add("repair", () -> repair(wiring, access));
    repo.add("key", () -> key(wiring, access));
    repo.add("copy", () -> new RepoCopyCommand(wiring, access));
    repo.add("stats", () -> new RepoStatsCommand(wiring, access));
    repo.add("unlock", () -> new RepoUnlockCommand(wiring, access));
    repo.add("snapshots", () -> new RepoSnapshotsCommand(wiring, access));
    repo.add("ls", () -> new RepoLsCommand(wiring, access));
    repo.add("find", () -> new RepoFindCommand(wiring, access));
    repo.add("diff", () -> new RepoDiffCommand(wiring, access));
    repo.add("versions", () -> new RepoVersionsCommand(wiring, access));
    repo.add("backup", () -> new RepoBackupCommand(wiring, access));
    repo.add("restore", () -> new RepoRestoreCommand(wiring, access));
    repo.add("forget", () -> new RepoForgetCommand(wiring, access));
    repo.add("prune", () -> new RepoPruneCommand(wiring, access));
    repo.add("test-store", () -> new RepoTestStoreCommand(wiring, access));
    return repo.commandLine();
  }

  private static CommandLine repair(Wiring wiring, Access access) {
    return new CommandLine(new RepoRepairCommand())
        .addSubcommand(new RepoRepairCommand.Index(wiring, access))
        .addSubcommand(new RepoRepairCommand.Packs(wiring, access))
        .addSubcommand(new RepoRepairCommand.Snapshots(wiring, access));
  }

  private static CommandLine key(Wiring wiring, Access access) {
    return new CommandLine(new RepoKeyCommand())
        .addSubcommand(new RepoKeyCommand.ListKeys(wiring, access))
        .addSubcommand(new RepoKeyCommand.Add(wiring, access))
        .addSubcommand(new RepoKeyCommand.Remove(wiring, access))
        .addSubcommand(new RepoKeyCommand.Change(wiring, access));
  }

  private static String word(String[] arguments, int place) {
    return place < arguments.length ? arguments[place] : "";
  }

  /// Commands below another, of which one is made if the word behind names it, and all if it names
  /// none: it may be an option, or a word to make suggestions for.
  private static final class Branch {
    private final Object command;
    private final String word;
    private final Map<String, Supplier<Object>> below = new LinkedHashMap<>();

    Branch(Object command, String word) {
      this.command = command;
      this.word = word;
    }

    void add(String name, Supplier<Object> made) {
      below.put(name, made);
    }

    CommandLine commandLine() {
      CommandLine line = new CommandLine(command);
      Supplier<Object> named = ABOUT_ALL.contains(word) ? null : below.get(word);
      if (named != null) {
        return line.addSubcommand(word, named.get());
      }
      below.forEach((name, made) -> line.addSubcommand(name, made.get()));
      return line;
    }
  }

  /// Runs the command line and says how it went.
  int execute() {
    return root.execute(arguments);
  }

  private CommandTree dress(Console console, Presenter presenter) {
    root.setCommandName(System.getProperty("backstay.name", "backstay"));
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setAbbreviatedOptionsAllowed(false);
    root.setUsageHelpAutoWidth(false);
    root.setUsageHelpWidth(Math.clamp(console.terminal().columns(), 80, 120));
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.terminal().colour() && console.terminal().out() ? Ansi.ON : Ansi.OFF));
    root.setOut(
        new PrintWriter(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8), true));
    root.setParameterExceptionHandler((e, _) -> usage(console, e));
    root.setExecutionExceptionHandler((e, _, _) ->
        e instanceof EngineException known
            ? presenter.present(known).number()
            : presenter.presentUnforeseen(e).number());
    help(root);
    return this;
  }

  /// `--help` everywhere, and the inherited options behind the command's own.
  private static void help(CommandLine command) {
    command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    command.getCommandSpec().usageMessage().commandListHeading("%nCommands:%n");
    command
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> OptionList.render(help));
    command.getSubcommands().values().forEach(CommandTree::help);
  }

  private static int usage(Console console, ParameterException e) {
    console.say("Error: " + e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .findFirst()
          .ifPresent(word -> console.say("  Did you mean '" + word + "'?"));
    }
    console.say("  See '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE.number();
  }
}
