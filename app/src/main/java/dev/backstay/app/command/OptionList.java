package dev.backstay.app.command;

import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/// The options of a command's help: its own first, then those that every command takes.
final class OptionList {

  private OptionList() {}

  static String render(Help help) {
    boolean root = help.commandSpec().parent() == null;
    String own = list(help, option -> root || !option.inherited());
    String others = list(help, option -> !root && option.inherited());
    String nl = System.lineSeparator();
    return (own.isEmpty() ? "" : nl + "Options:" + nl + own)
        + (others.isEmpty() ? "" : nl + "Options of every command:" + nl + others);
  }

  private static String list(Help help, Predicate<OptionSpec> which) {
    List<OptionSpec> options =
        help.commandSpec().options().stream().filter(o -> !o.hidden()).filter(which).toList();
    return help.optionListExcludingGroups(options);
  }
}
