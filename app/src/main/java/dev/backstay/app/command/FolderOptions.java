package dev.backstay.app.command;

import dev.backstay.workflow.repository.RestoreFolderRequest.Existing;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How files are written into a folder of this machine.
final class FolderOptions {

  @ArgGroup Choice choice = new Choice();

  @Option(names = "--sparse", description = "Write holes for long runs of zeros.")
  boolean sparse;

  @Option(names = "--owners", description = "Set owner and group; needs to be root.")
  boolean owners;

  Existing existing() {
    return choice.existing;
  }

  /// Two ways to say the same, of which one may be used.
  static final class Choice {
    private Existing existing = Existing.SKIP;

    @Option(
        names = "--existing",
        paramLabel = "WHAT",
        converter = ExistingConverter.class,
        description =
            "For files that are there already: skip (default), overwrite, fail, or keep-both.")
    void existing(Existing wanted) {
      existing = wanted;
    }

    @Option(
        names = "--overwrite",
        paramLabel = "WHEN",
        converter = OverwriteConverter.class,
        description =
            "The same in restic's words: never (default), always, if-changed (in size or"
                + " modification time), or if-newer.")
    void overwrite(Existing wanted) {
      existing = wanted;
    }
  }

  /// Words as the command line writes them.
  static final class ExistingConverter implements ITypeConverter<Existing> {
    @Override
    public Existing convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT).replace('_', '-')) {
        case "skip" -> Existing.SKIP;
        case "overwrite" -> Existing.OVERWRITE;
        case "fail" -> Existing.FAIL;
        case "keep-both" -> Existing.KEEP_BOTH;
        default ->
            throw new TypeConversionException(
                "'" + text + "' is none of skip, overwrite, fail, keep-both");
      };
    }
  }

  /// restic's words, with their meaning there.
  static final class OverwriteConverter implements ITypeConverter<Existing> {
    @Override
    public Existing convert(String text) {
      return switch (text) {
        case "always" -> Existing.OVERWRITE;
        case "if-changed" -> Existing.IF_CHANGED;
        case "if-newer" -> Existing.IF_NEWER;
        case "never" -> Existing.SKIP;
        default ->
            throw new TypeConversionException(
                "'" + text + "' is none of always, if-changed, if-newer, never");
      };
    }
  }
}
