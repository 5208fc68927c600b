package dev.backstay.app.settings;

import dev.backstay.model.InvalidInputException;
import dev.backstay.workflow.MoverOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads `settings.yaml`. It is the user's: read strictly, never written.
public final class SettingsFile {

  static final String API_VERSION = "backstay.dev/v1";
  private static final long LARGEST = 1024 * 1024;

  private SettingsFile() {}

  /// The settings; none if there is no file.
  ///
  /// @throws InvalidInputException if it cannot be used; names the key
  public static Settings read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw invalid(file, "is too large for a settings file", null);
      }
      LoadSettings strict = LoadSettings.builder().setLabel(file.toString()).build();
      Object root = new Load(strict).loadFromString(Files.readString(file));
      return root == null ? Settings.NONE : settings(new YamlObject(file, "", root));
    } catch (NoSuchFileException _) {
      return Settings.NONE;
    } catch (IOException e) {
      throw invalid(file, "cannot be read: " + e.getMessage(), e);
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
            mover == null ? MoverOptions.DEFAULT : mover(mover));
    root.refuseOthers();
    return settings;
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
