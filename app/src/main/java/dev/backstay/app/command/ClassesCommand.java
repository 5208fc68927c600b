package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.Ability;
import dev.backstay.model.Listing;
import dev.backstay.model.SnapshotClassChoice;
import dev.backstay.model.StorageClassInfo;
import dev.backstay.workflow.cluster.ClusterSession;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay classes`.
@Command(
    name = "classes",
    aliases = "sc",
    description =
        "List StorageClasses: driver, what it can do, which VolumeSnapshotClass serves it.",
    footer = {"", "No API tells what a driver can do: '-o wide' and '-o json' say how we know."})
final class ClassesCommand implements Callable<Integer> {

  private static final Sheet<StorageClassInfo> SHEET =
      new Sheet<>(
          "StorageClass",
          List.of(
              Column.of("NAME", c -> c.name() + (c.isDefault() ? " (default)" : "")),
              Column.of("DRIVER", StorageClassInfo::driver),
              Column.of("RECLAIM", StorageClassInfo::reclaimPolicy),
              Column.of("BINDING", StorageClassInfo::bindingMode),
              Column.of("SNAPSHOT", c -> Sheets.word(c.snapshot())),
              Column.of("CLONE", c -> Sheets.word(c.cloning())),
              Column.of("EXPAND", c -> Sheets.word(c.expansion())),
              Column.of("GROUP", c -> Sheets.word(c.grouping())),
              Column.of("SNAPSHOT CLASS", c -> c.snapshotClass().name()),
              Column.of("WHY", c -> c.snapshotClass().reason()),
              Column.wide("GROUP CLASS", c -> c.groupClass().name()),
              Column.wide("SNAPSHOT: HOW WE KNOW", c -> c.snapshot().source()),
              Column.wide("CLONE: HOW WE KNOW", c -> c.cloning().source()),
              Column.wide("EXPAND: HOW WE KNOW", c -> c.expansion().source()),
              Column.wide("GROUP: HOW WE KNOW", c -> c.grouping().source())),
          ClassesCommand::fields,
          c -> "storageclass/" + c.name());

  @Mixin OutputOption output = new OutputOption();

  private final Wiring wiring;
  private final Access access;

  ClassesCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (ClusterSession cluster = access.cluster()) {
      Listing<StorageClassInfo> listing = cluster.storageClasses();
      new Printer(wiring.console(), output.format).list(SHEET, listing.items(), listing.warnings());
      wiring.presenter().items("Warning", listing.warnings());
      return 0;
    }
  }

  private static Fields fields(StorageClassInfo info) {
    return new Fields()
        .put("name", info.name())
        .put("driver", info.driver())
        .put("default", info.isDefault())
        .put("reclaimPolicy", info.reclaimPolicy())
        .put("volumeBindingMode", info.bindingMode())
        .put("snapshot", ability(info.snapshot()))
        .put("clone", ability(info.cloning()))
        .put("expand", ability(info.expansion()))
        .put("group", ability(info.grouping()))
        .put("volumeSnapshotClass", choice(info.snapshotClass()))
        .put("volumeGroupSnapshotClass", choice(info.groupClass()));
  }

  static Fields ability(Ability ability) {
    return new Fields().put("answer", Sheets.word(ability)).put("source", ability.source());
  }

  static Fields choice(SnapshotClassChoice choice) {
    return new Fields()
        .put("name", choice.chosen() ? choice.name() : null)
        .put("reason", choice.reason());
  }
}
