package dev.backstay.app.command;

import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `backstay __complete WORD…`: what `kubectl_complete-backstay` asks. The last word is the one
/// being typed. Prints one candidate a line, then kubectl's directive (KEP-2379): 4, no file names.
@Command(name = "__complete", hidden = true)
final class CompleteCommand implements Callable<Integer> {

  @Parameters(arity = "0..*")
  List<String> words = new ArrayList<>();

  @Spec CommandSpec spec = CommandSpec.create();

  private final Wiring wiring;

  CompleteCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() {
    String typed = words.isEmpty() ? "" : words.getLast();
    String[] before =
        words.isEmpty() ? new String[0] : words.subList(0, words.size() - 1).toArray(String[]::new);
    List<CharSequence> rests = new ArrayList<>();
    String[] all = append(before, typed);
    AutoComplete.complete(spec.root(), all, before.length, typed.length(), typed.length(), rests);
    Printer printer = new Printer(wiring.console(), OutputFormat.TABLE);
    rests.stream()
        .map(rest -> typed + rest)
        .filter(candidate -> !candidate.startsWith("__"))
        .sorted()
        .forEach(printer::line);
    printer.line(":4");
    return 0;
  }

  private static String[] append(String[] words, String last) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add(last);
    return all.toArray(String[]::new);
  }
}
