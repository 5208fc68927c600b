package dev.backstay.ui.browse;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.LineNumberFactory;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/// Coloured text that can be read, selected and copied, not changed.
public final class CodeView extends StackPane {

  // Possessive, and never beyond the end of a line: a text may be all quotes or all blank lines.
  private static final Pattern YAML =
      Pattern.compile(
          "(?m)(?<comment>#.*+$)|(?<key>^[ \\t]*+(?:- )*+[\\w./~-]++(?=:(?:\\s|$)))"
              + "|(?<string>\"(?:[^\"\\\\\n]|\\\\.)*+\"|'[^'\n]*+')"
              + "|(?<number>(?<=[:\\-] )(?:-?\\d++(?:\\.\\d++)?|true|false|null)(?=[ \\t]*+$))");
  private static final Pattern JSON =
      Pattern.compile(
          "(?<key>\"(?:[^\"\\\\\n]|\\\\.)*+\"(?=[ \\t]*+:))"
              + "|(?<string>\"(?:[^\"\\\\\n]|\\\\.)*+\")"
              + "|(?<number>\\b(?:-?\\d++(?:\\.\\d++)?|true|false|null)\\b)|(?<comment>(?!))");

  private final CodeArea area = new CodeArea();

  public CodeView(String name) {
    area.setEditable(false);
    area.setId(name);
    area.getStyleClass().add("code");
    area.setParagraphGraphicFactory(LineNumberFactory.get(area));
    getChildren().add(new VirtualizedScrollPane<>(area));
  }

  public void show(List<String> lines, Preview.Language language) {
    String text = String.join("\n", lines);
    area.replaceText(text);
    if (language != Preview.Language.PLAIN && !text.isEmpty()) {
      area.setStyleSpans(0, spans(text, language));
    }
    area.moveTo(0);
    area.requestFollowCaret();
  }

  static StyleSpans<Collection<String>> spans(String text, Preview.Language language) {
    StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
    Matcher matcher = (language == Preview.Language.YAML ? YAML : JSON).matcher(text);
    int end = 0;
    while (matcher.find()) {
      spans.add(Collections.emptyList(), matcher.start() - end);
      spans.add(List.of(style(matcher)), matcher.end() - matcher.start());
      end = matcher.end();
    }
    spans.add(Collections.emptyList(), text.length() - end);
    return spans.create();
  }

  private static String style(Matcher matcher) {
    for (String group : List.of("comment", "key", "string")) {
      if (matcher.group(group) != null) {
        return "code-" + group;
      }
    }
    return "code-number";
  }

  /// All that is shown.
  public String text() {
    return area.getText();
  }
}
