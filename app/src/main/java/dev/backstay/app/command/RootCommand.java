package dev.backstay.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `backstay` itself: without a command it opens the window.
@Command(
    name = "backstay",
    description = "Back up, browse and restore Kubernetes namespaces and the files in their PVCs.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:usage: an argument, setting or file that was given cannot be used",
      "3:partially failed: what could be done is done, the rest is listed",
      "4:not found",
      "5:cancelled"
    },
    footer = {
      "",
      "Environment:",
      "  BACKSTAY_REPOSITORY        repository, if --repository is not given",
      "  BACKSTAY_STORE_OPTIONS     how its store is used: region=eu-west-1,profile=backup",
      "  BACKSTAY_PASSWORD_FILE     file whose first line is its password",
      "  BACKSTAY_PASSWORD_COMMAND  program that prints it",
      "  BACKSTAY_HOME              folder for settings, catalog, logs and caches",
      "  BACKSTAY_JAVA              the java to run, if not found by itself",
      "  AWS_PROFILE and so on      credentials, region and endpoint of S3, as everywhere",
      "  KUBECONFIG, NO_COLOR       as everywhere"
    })
final class RootCommand implements Callable<Integer> {

  @Mixin GlobalOptions options = new GlobalOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  private final Wiring wiring;

  RootCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() {
    if (!WindowLaunch.possible(wiring.environment())) {
      throw new ParameterException(
          spec.commandLine(), "no command given, and there is no display for the window");
    }
    return WindowLaunch.run(wiring, options, null);
  }
}
