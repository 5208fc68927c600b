package dev.backstay.app.command;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.ExitCode;
import dev.backstay.app.console.Presenter;
import dev.backstay.model.EngineException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// All commands, wired by hand.
public final class CommandTree {

  private final CommandLine root;

  private CommandTree(CommandLine root) {
    this.root = root;
  }

  static CommandTree of(Wiring wiring) {
    RootCommand command = new RootCommand(wiring);
    CommandLine root = new CommandLine(command);
    GlobalOptions options = command.options;
    Access access = new Access(wiring, options);
    root.addSubcommand(new ContextsCommand(wiring, access));
    root.addSubcommand(
        new CommandLine(new ContextCommand())
            .addSubcommand(new ContextMarkCommand(wiring, access)));
    root.addSubcommand(new NamespacesCommand(wiring, access, options));
    root.addSubcommand(new PvcsCommand(wiring, access));
    root.addSubcommand(new ClassesCommand(wiring, access));
    root.addSubcommand(new SnapshotsCommand(wiring, access));
    root.addSubcommand(
        new CommandLine(new SnapshotCommand())
            .addSubcommand(new SnapshotTakeCommand(wiring, access))
            .addSubcommand(new SnapshotRestoreCommand(wiring, access))
            .addSubcommand(new SnapshotDeleteCommand(wiring, access)));
    root.addSubcommand(new BackupCommand(wiring, access));
    root.addSubcommand(new PointsCommand(wiring, access, options));
    root.addSubcommand(new LsCommand(wiring, access, options));
    root.addSubcommand(new CatCommand(wiring, access, options));
    root.addSubcommand(new GetCommand(wiring, access, options));
    root.addSubcommand(new FindCommand(wiring, access, options));
    root.addSubcommand(new VersionsCommand(wiring, access, options));
    root.addSubcommand(new DiffCommand(wiring, access, options));
    root.addSubcommand(new RestoreCommand(wiring, access, options));
    root.addSubcommand(new JobsCommand(wiring, access));
    root.addSubcommand(new CleanupCommand(wiring, access, options));
    root.addSubcommand(repo(wiring, access));
    root.addSubcommand(
        new CommandLine(new CatalogCommand())
            .addSubcommand(new CatalogListCommand(wiring, access))
            .addSubcommand(new CatalogCommand.Rebuild(wiring, access))
            .addSubcommand(new CatalogForgetCommand(wiring, access)));
    root.addSubcommand(new DemoCommand(wiring));
    root.addSubcommand(new CompletionCommand(wiring));
    root.addSubcommand(new CompleteCommand(wiring));
    root.addSubcommand(new VersionCommand(wiring));
    root.addSubcommand(new HelpCommand());
    return new CommandTree(root).dress(wiring.console(), wiring.presenter());
  }

  private static CommandLine repo(Wiring wiring, Access access) {
    return new CommandLine(new RepoCommand())
        .addSubcommand(new RepoInitCommand(wiring, access))
        .addSubcommand(new RepoCheckCommand(wiring, access))
        .addSubcommand(
            new CommandLine(new RepoRepairCommand())
                .addSubcommand(new RepoRepairCommand.Index(wiring, access))
                .addSubcommand(new RepoRepairCommand.Packs(wiring, access))
                .addSubcommand(new RepoRepairCommand.Snapshots(wiring, access)))
        .addSubcommand(
            new CommandLine(new RepoKeyCommand())
                .addSubcommand(new RepoKeyCommand.ListKeys(wiring, access))
                .addSubcommand(new RepoKeyCommand.Add(wiring, access))
                .addSubcommand(new RepoKeyCommand.Remove(wiring, access))
                .addSubcommand(new RepoKeyCommand.Change(wiring, access)))
        .addSubcommand(new RepoCopyCommand(wiring, access))
        .addSubcommand(new RepoStatsCommand(wiring, access))
        .addSubcommand(new RepoUnlockCommand(wiring, access))
        .addSubcommand(new RepoSnapshotsCommand(wiring, access))
        .addSubcommand(new RepoLsCommand(wiring, access))
        .addSubcommand(new RepoFindCommand(wiring, access))
        .addSubcommand(new RepoDiffCommand(wiring, access))
        .addSubcommand(new RepoVersionsCommand(wiring, access))
        .addSubcommand(new RepoBackupCommand(wiring, access))
        .addSubcommand(new RepoRestoreCommand(wiring, access))
        .addSubcommand(new RepoForgetCommand(wiring, access))
        .addSubcommand(new RepoPruneCommand(wiring, access))
        .addSubcommand(new RepoTestStoreCommand(wiring, access));
  }

  CommandLine commandLine() {
    return root;
  }

  /// Runs one command line and says how it went.
  int execute(String... arguments) {
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
