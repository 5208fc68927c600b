package dev.backstay.app.command;

import dev.backstay.app.demo.DemoRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `backstay demo`.
@Command(
    name = "demo",
    description = "Show the main job on a cluster inside this process: back up, lose, restore.")
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--no-window", description = "On the terminal only.")
  boolean noWindow;

  @Option(names = "--keep", description = "Leave the demo's folder where it is.")
  boolean keep;

  private final Wiring wiring;

  DemoCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() {
    if (!noWindow) {
      wiring.console().say("There is no window yet; the demo runs on the terminal.");
    }
    return DemoRun.run(
        wiring.console(),
        wiring.environment(),
        (environment, console, arguments) ->
            Launch.run(environment, console, wiring.clock(), arguments),
        keep);
  }
}
