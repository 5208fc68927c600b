package dev.backstay.app.settings;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.StoreOptions;
import dev.backstay.workflow.MoverOptions;
import dev.backstay.workflow.lock.ContextMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads `settings.yaml`. It is the user's: read strictly. Only [SettingsEdit] writes it.
public final class SettingsFile {

  static final String API_VERSION = "backstay.dev/v1";
  private static final long LARGEST = 1024 * 1024;

  /// A word such as `RED`, or `#c00000`.
  private static final Pattern COLOUR = Pattern.compile("[A-Za-z]{1,20}|#[0-9A-Fa-f]{6}|");

  private SettingsFile() {}

  /// The settings; none if there is no file.
  ///
  /// @throws InvalidInputException if it cannot be used; names the key
  public static Settings read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw invalid(file, "is too large for a settings file", null);
      }
      return parse(file, Files.readString(file));
    } catch (NoSuchFileException _) {
      return Settings.NONE;
    } catch (IOException e) {
      throw invalid(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /// @param file for messages
  static Settings parse(Path file, String text) {
    try {
      LoadSettings strict = LoadSettings.builder().setLabel(file.toString()).build();
      Object root = new Load(strict).loadFromString(text);
      return root == null ? Settings.NONE : settings(new YamlObject(file, "", root));
    } catch (YamlEngineException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw invalid(file, "is not valid YAML: " + first, e);
    }
  }

  private static Settings settings(YamlObject root) {
    String version = root.text("apiVersion");
    if (!API_VERSION.equals(version)) {
      throw invalid(root.file(), "has apiVersion " + version + ", not " + API_VERSION, null);
    }
    root.text("kind");
    YamlObject mover = root.object("mover");
    Settings settings =
        new Settings(
            root.text("repository"),
            root.text("passwordFile"),
            root.text("passwordCommand"),
            mover == null ? MoverOptions.DEFAULT : mover(mover),
            root.texts("pluginPath"),
            marks(root),
            root.objects("stores").stream().map(SettingsFile::store).toList());
    root.refuseOthers();
    return settings;
  }

  private static List<ContextMark> marks(YamlObject root) {
    List<ContextMark> marks = root.objects("contexts").stream().map(SettingsFile::mark).toList();
    Set<String> names = new HashSet<>();
    for (ContextMark mark : marks) {
      if (!names.add(mark.context())) {
        throw invalid(root.file(), "has the context '" + mark.context() + "' twice", null);
      }
    }
    return marks;
  }

  private static ContextMark mark(YamlObject entry) {
    String name = entry.text("name");
    String colour = entry.text("colour");
    if (name == null || name.isEmpty()) {
      throw invalid(entry.file(), "has an entry in 'contexts' without a name", null);
    }
    if (colour != null && !COLOUR.matcher(colour).matches()) {
      throw invalid(entry.file(), "has the colour '" + colour + "', which is none", null);
    }
    ContextMark mark =
        new ContextMark(
            name, entry.truth("production"), colour == null ? "" : colour, entry.truth("backups"));
    entry.refuseOthers();
    return mark;
  }

  private static StoreSettings store(YamlObject entry) {
    Map<String, String> options = new TreeMap<>(entry.allTexts());
    String location = options.remove("location");
    try {
      var _ = StoreOptions.of(options);
    } catch (InvalidInputException e) {
      throw invalid(entry.file(), "has an entry in 'stores' that is wrong: " + e.getMessage(), e);
    }
    return new StoreSettings(location == null ? "" : location, options);
  }

  private static MoverOptions mover(YamlObject mover) {
    YamlObject resources = mover.object("resources");
    MoverOptions settings =
        new MoverOptions(
            mover.text("image"),
            mover.text("imagePullPolicy"),
            mover.texts("pullSecrets"),
            mover.textMap("nodeSelector"),
            mover.objects("tolerations").stream().map(YamlObject::allTexts).toList(),
            resources == null ? Map.of() : resources.textMap("requests"),
            resources == null ? Map.of() : resources.textMap("limits"));
    if (resources != null) {
      resources.refuseOthers();
    }
    mover.refuseOthers();
    return settings;
  }

  static InvalidInputException invalid(
      Path file, String problem, @org.jspecify.annotations.Nullable Throwable cause) {
    return new InvalidInputException(
        "settings.invalid",
        "the settings file " + file + " " + problem,
        "correct the file, or move it away to do without",
        cause);
  }
}
