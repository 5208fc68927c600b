package dev.backstay.app.secret;

import dev.backstay.model.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/// Splits a command line as restic does: at white space, with quotes and backslashes, and without a
/// shell.
final class Words {

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean open;

  private Words(String text) {
    this.text = text;
  }

  /// @throws InvalidInputException if a quote is not closed or nothing is there
  static List<String> of(String text) {
    return new Words(text).split();
  }

  private List<String> split() {
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        append(text.charAt(++i));
      } else if (quote != 0) {
        quote = c == quote ? 0 : appended(c, quote);
      } else if (c == '"' || c == '\'') {
        quote = c;
        open = true;
      } else if (Character.isWhitespace(c)) {
        end();
      } else {
        append(c);
      }
    }
    end();
    if (quote != 0 || words.isEmpty()) {
      throw new InvalidInputException(
          "password.command",
          quote != 0 ? "the password command has an open quote" : "the password command is empty",
          "write it as you would in a shell; it is run without one");
    }
    return words;
  }

  private void append(char c) {
    word.append(c);
    open = true;
  }

  private char appended(char c, char quote) {
    append(c);
    return quote;
  }

  private void end() {
    if (open) {
      words.add(word.toString());
      word.setLength(0);
      open = false;
    }
  }
}
