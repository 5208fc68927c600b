package dev.backstay.app.output;

import java.util.Objects;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.RepresentToNode;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/// YAML that readers of YAML 1.1 understand too: text that they would take for a boolean, a number
/// or a time is quoted.
final class Yaml {

  private static final Pattern MISTAKABLE =
      Pattern.compile(
          "(?i)y|n|yes|no|on|off|true|false|null|~|=|<<|[-+]?[0-9][0-9_:.,eExXa-fA-F+-]*|\\d{4}-\\d\\d?-.*");

  private static final DumpSettings SETTINGS =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSplitLines(false).build();

  private Yaml() {}

  /// One document, with a newline at its end.
  static String write(Object tree) {
    return new Dump(SETTINGS, new Representer()).dumpToString(tree);
  }

  private static final class Representer extends StandardRepresenter {

    Representer() {
      super(SETTINGS);
      RepresentToNode usual = Objects.requireNonNull(representers.get(String.class));
      representers.put(String.class, data -> text((String) data, usual));
    }

    private Node text(String text, RepresentToNode usual) {
      return MISTAKABLE.matcher(text).matches()
          ? representScalar(Tag.STR, text, ScalarStyle.SINGLE_QUOTED)
          : usual.representData(text);
    }
  }
}
