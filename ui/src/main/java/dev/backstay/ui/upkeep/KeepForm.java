package dev.backstay.ui.upkeep;

import dev.backstay.ui.fx.Texts;
import dev.backstay.workflow.repository.KeepRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import org.jspecify.annotations.Nullable;

/// What stays, in restic's words: how many of each period, and all that are near to the newest.
final class KeepForm extends GridPane {

  /// The periods in restic's order, with what is proposed to begin with.
  private static final Map<String, String> PERIODS = proposed();

  private static final int IN_A_ROW = 4;

  private final Map<String, TextField> counts = new LinkedHashMap<>();
  private final TextField lastGood = field("last-good", "1");
  private final TextField within = field("within", "");

  private static Map<String, String> proposed() {
    Map<String, String> periods = new LinkedHashMap<>();
    periods.put("last", "");
    periods.put("hourly", "");
    periods.put("daily", "7");
    periods.put("weekly", "5");
    periods.put("monthly", "12");
    periods.put("yearly", "");
    return periods;
  }

  /// @param changed what is done whenever a rule changes
  KeepForm(Runnable changed) {
    setHgap(10);
    setVgap(8);
    PERIODS.forEach((period, proposed) -> counts.put(period, field(period, proposed)));
    int at = 0;
    for (Map.Entry<String, TextField> count : counts.entrySet()) {
      place(at++, count.getKey(), count.getValue());
    }
    place(at++, "last-good", lastGood);
    place(at, "within", within);
    within.setPromptText(Texts.of("forget.within.prompt"));
    counts.values().forEach(field -> field.textProperty().subscribe((_, _) -> changed.run()));
    lastGood.textProperty().subscribe((_, _) -> changed.run());
    within.textProperty().subscribe((_, _) -> changed.run());
  }

  private static TextField field(String name, String proposed) {
    TextField field = new TextField(proposed);
    field.setId("forget-" + name);
    field.setAccessibleText(Texts.of("forget.keep." + name));
    field.setPrefColumnCount(5);
    return field;
  }

  private void place(int at, String name, TextField field) {
    Label label = new Label(Texts.of("forget.keep." + name));
    label.setLabelFor(field);
    label.setMinWidth(USE_PREF_SIZE);
    add(label, at % IN_A_ROW * 2, at / IN_A_ROW);
    add(field, at % IN_A_ROW * 2 + 1, at / IN_A_ROW);
  }

  /// @throws dev.backstay.model.InvalidInputException if a number is none
  KeepRules rules() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    counts.forEach((period, field) -> {
      Integer number = number(field);
      if (number != null) {
        numbers.put(period, number);
      }
    });
    Integer good = number(lastGood);
    return new KeepRules(
        numbers, Map.of(), within.getText().strip(), List.of(), good == null ? 0 : good);
  }

  private static @Nullable Integer number(TextField field) {
    String text = field.getText().strip();
    return text.isEmpty() ? null : KeepRules.count(text);
  }
}
