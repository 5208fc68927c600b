package dev.backstay.app.command;

import dev.backstay.app.demo.DemoRun;
import dev.backstay.app.demo.DemoWindow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `backstay demo`.
@Command(
    name = "demo",
    description =
        "A window on a cluster inside this process; without a display, its story as text.")
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
    DemoRun.Commands commands =
        (environment, console, arguments) ->
            Launch.run(environment, console, wiring.clock(), arguments);
    if (!noWindow && WindowLaunch.possible(wiring.environment())) {
      return DemoWindow.run(
          wiring.console(),
          wiring.environment(),
          commands,
          keep,
          (inside, demo) -> WindowLaunch.run(wiring.in(inside), new GlobalOptions(), demo));
    }
    if (!noWindow) {
      wiring.console().say("There is no display here; the demo runs on the terminal.");
    }
    return DemoRun.run(wiring.console(), wiring.environment(), commands, keep);
  }
}
