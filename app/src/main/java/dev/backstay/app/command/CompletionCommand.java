package dev.backstay.app.command;

import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `backstay completion SHELL`.
@Command(
    name = "completion",
    description = "Print a completion script for a shell.",
    footer = {
      "",
      "bash: source <(backstay completion bash)",
      "zsh:  source <(backstay completion zsh)",
      "fish: backstay completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  Shell shell = Shell.bash;

  @Spec CommandSpec spec = CommandSpec.create();

  private final Wiring wiring;

  CompletionCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  /// Shells that can be completed in.
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    String script =
        switch (shell) {
          // picocli's script turns zsh's bash completion on by itself.
          case bash, zsh -> AutoComplete.bash(root.name(), root.commandLine());
          case fish -> FishCompletion.script(root);
        };
    new Printer(wiring.console(), OutputFormat.TABLE).line(script.strip());
    return 0;
  }
}
