package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.FileEntry;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.FileVersion;
import dev.backstay.workflow.browse.FileVersion.Presence;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.repository.FileInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay versions`.
@Command(
    name = "versions",
    description = "List the versions of a file across the restore points of its namespace.",
    footer = {
      "",
      "Newest first; each content is one version, wherever it comes back: POINTS says how many"
          + " restore points hold it. With --all, one line for each row of restore points that hold"
          + " the same. The file need not be in POINT itself: POINT says which namespace."
    })
final class VersionsCommand implements Callable<Integer> {

  private static final Sheet<FileVersion> SHEET =
      new Sheet<>(
          "FileVersion",
          List.of(
              Column.of("ID", v -> v.newest().shortId()),
              Column.of("TIME", v -> seconds(v.newest().time())),
              Column.of("STATE", v -> state(v)),
              Column.amount("POINTS", v -> String.valueOf(v.points())),
              Column.amount("SIZE", v -> file(v, VersionsCommand::size)),
              Column.of("MODE", v -> file(v, f -> FileListing.mode(f.entry()))),
              Column.of("MODIFIED", v -> file(v, f -> seconds(modified(f)))),
              Column.of(
                  "CONTENT", v -> v.content().substring(0, Math.min(8, v.content().length()))),
              Column.wide("OLDEST", v -> v.oldest().shortId()),
              Column.wide("SINCE", v -> seconds(v.oldest().time())),
              Column.wide("OWNER", v -> file(v, f -> f.entry().uid() + ":" + f.entry().gid()))),
          VersionsCommand::fields,
          v -> v.newest().id());

  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      index = "0",
      paramLabel = "POINT[:/path]",
      description = "Beginning of a restore point's id, or 'latest' (with -n, --context).")
  String point = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      description = "The file, if it does not stand behind POINT.")
  String path = "";

  @Option(
      names = "--all",
      description = "A content that comes back after another one is listed again.")
  boolean all;

  private final Wiring wiring;
  private final Access access;
  private final GlobalOptions options;

  VersionsCommand(Wiring wiring, Access access, GlobalOptions options) {
    this.wiring = wiring;
    this.access = access;
    this.options = options;
  }

  @Override
  public Integer call() {
    SnapshotPath which = SnapshotPath.parse(point, path);
    try (PointAccess points = PointAccess.open(access, options)) {
      RestorePoint found = points.find(which.id());
      List<FileVersion> versions = versions(points, found, which.path());
      if (versions.stream().allMatch(v -> v.presence() == Presence.ABSENT)) {
        throw nowhere(which.path(), found.namespace());
      }
      new Printer(wiring.console(), output.format).list(SHEET, versions);
      boolean read = versions.stream().noneMatch(v -> v.presence() == Presence.UNREADABLE);
      return (read ? ExitCode.DONE : ExitCode.PARTIAL).number();
    }
  }

  private List<FileVersion> versions(PointAccess points, RestorePoint point, String file) {
    List<RestorePoint> where =
        points.points().list(new PointFilter(null, point.clusterId(), point.namespace()));
    Browsing browsing = new Browsing(points.session());
    List<FileVersion> runs = new ArrayList<>();
    Map<String, FileVersion> contents = new LinkedHashMap<>();
    MeteredWork.quiet(
        wiring,
        cancel -> {
          if (all) {
            browsing.runs(where, file, runs::add, cancel);
          } else {
            browsing.versions(where, file, v -> contents.put(v.key(), v), cancel);
          }
        });
    return all ? runs : List.copyOf(contents.values());
  }

  private static NotFoundException nowhere(String path, String namespace) {
    return new NotFoundException(
        "versions.no-path",
        "no restore point of the namespace " + namespace + " holds '" + path + "'",
        "look for it by its name with 'find'");
  }

  private static String state(FileVersion version) {
    return version.presence().name().toLowerCase(Locale.ROOT);
  }

  private static String file(FileVersion version, Function<FileInfo, String> text) {
    return version.file() == null ? "" : text.apply(version.file());
  }

  private static String size(FileInfo file) {
    boolean sized = file.entry().type() == FileEntry.FileType.FILE;
    return sized ? Sheets.size(file.entry().size()) : "";
  }

  private static Instant modified(FileInfo file) {
    return Instant.ofEpochSecond(
        file.entry().modified().seconds(), file.entry().modified().nanos());
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Fields fields(FileVersion version) {
    return new Fields()
        .put("newest", place(version.newest()))
        .put("oldest", place(version.oldest()))
        .put("points", version.points())
        .put("state", state(version))
        .put("content", version.content().isEmpty() ? null : version.content())
        .put("file", version.file() == null ? null : FileListing.fields(version.file()));
  }

  private static Fields place(RestorePoint point) {
    return new Fields().put("id", point.id()).put("time", point.time());
  }
}
