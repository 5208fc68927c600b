package dev.backstay.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A completion script for fish: commands, their commands, options, and values of enums.
final class FishCompletion {

  private final String program;
  private final List<String> lines = new ArrayList<>();

  private FishCompletion(String program) {
    this.program = program;
  }

  static String script(CommandSpec root) {
    FishCompletion completion = new FishCompletion(root.name());
    completion.lines.add("complete -c " + root.name() + " -e");
    completion.command(root, List.of());
    return String.join("\n", completion.lines) + "\n";
  }

  private void command(CommandSpec spec, List<String> path) {
    String here = condition(spec, path);
    for (Map.Entry<String, CommandLine> sub : spec.subcommands().entrySet()) {
      CommandSpec child = sub.getValue().getCommandSpec();
      if (!child.usageMessage().hidden()) {
        add(here, " -f -a " + quoted(sub.getKey()) + describe(child.usageMessage().description()));
      }
    }
    spec.options().stream().filter(o -> !o.hidden()).forEach(option -> option(here, option));
    spec.subcommands().forEach((name, sub) -> command(sub.getCommandSpec(), append(path, name)));
  }

  private static List<String> append(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private static String condition(CommandSpec spec, List<String> path) {
    StringBuilder test = new StringBuilder();
    for (String word : path) {
      test.append("__fish_seen_subcommand_from ").append(word).append("; and ");
    }
    String others = String.join(" ", spec.subcommands().keySet());
    return others.isEmpty()
        ? test.append("true").toString()
        : test.append("not __fish_seen_subcommand_from ").append(others).toString();
  }

  private void option(String here, OptionSpec option) {
    StringBuilder line = new StringBuilder();
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    line.append(option.arity().max() > 0 ? " -r" : "");
    if (option.completionCandidates() != null) {
      line.append(" -f -a ").append(quoted(String.join(" ", option.completionCandidates())));
    }
    add(here, line + describe(option.description()));
  }

  private static String describe(String[] description) {
    return description.length == 0 ? "" : " -d " + quoted(description[0]);
  }

  private void add(String condition, String rest) {
    lines.add("complete -c " + program + " -n " + quoted(condition) + rest);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
