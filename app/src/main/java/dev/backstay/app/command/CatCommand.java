package dev.backstay.app.command;

import dev.backstay.app.output.SecretMask;
import dev.backstay.model.RestorePoint;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay cat`.
@Command(
    name = "cat",
    description = "Print a file of a restore point. The values of Secrets are masked.")
final class CatCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "POINT:/path",
      description = "Beginning of a restore point's id, or 'latest' (with -n, --context).")
  String file = "";

  @Option(names = "--show-secrets", description = "Print the values of Secrets.")
  boolean showSecrets;

  private final Wiring wiring;
  private final Access access;
  private final GlobalOptions options;

  CatCommand(Wiring wiring, Access access, GlobalOptions options) {
    this.wiring = wiring;
    this.access = access;
    this.options = options;
  }

  @Override
  public Integer call() {
    SnapshotPath which = SnapshotPath.parse(file);
    boolean mask = !showSecrets && SecretMask.covers(which.path());
    try (PointAccess points = PointAccess.open(access, options)) {
      RestorePoint found = points.find(which.id());
      MeteredWork.quiet(
          wiring,
          cancel -> {
            ByteArrayOutputStream masked = new ByteArrayOutputStream();
            points
                .session()
                .cat(
                    found.id(),
                    which.path(),
                    0,
                    Long.MAX_VALUE,
                    mask ? masked : wiring.console().data(),
                    cancel);
            if (mask) {
              wiring.console().out().print(SecretMask.mask(masked.toByteArray()));
            }
          });
      if (mask) {
        wiring.console().say("Values are masked; --show-secrets prints them.");
      }
      return 0;
    }
  }
}
