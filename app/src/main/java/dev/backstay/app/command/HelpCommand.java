package dev.backstay.app.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `backstay help [COMMAND…]`.
@Command(name = "help", description = "Show the help of a command.")
final class HelpCommand implements Runnable {

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Command to explain.")
  List<String> path = new ArrayList<>();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine command = spec.root().commandLine();
    for (String name : path) {
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        throw new ParameterException(spec.commandLine(), "there is no command '" + name + "'");
      }
      command = next;
    }
    command.usage(command.getOut());
  }
}
