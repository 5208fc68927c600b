package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Printer;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay points`.
@Command(
    name = "points",
    description = "List restore points, newest first; -n and --context limit them.")
final class PointsCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  private final Wiring wiring;
  private final Access access;
  private final GlobalOptions options;

  PointsCommand(Wiring wiring, Access access, GlobalOptions options) {
    this.wiring = wiring;
    this.access = access;
    this.options = options;
  }

  @Override
  public Integer call() {
    try (PointAccess points = PointAccess.open(access, options)) {
      List<RestorePoint> list = points.list();
      List<ItemFailure> damage = points.points().damage();
      new Printer(wiring.console(), output.format)
          .list(PointSheet.sheet(wiring.clock().instant()), list, damage);
      wiring.presenter().items("Damaged", damage);
      return (damage.isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL).number();
    }
  }
}
