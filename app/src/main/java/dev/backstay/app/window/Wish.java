package dev.backstay.app.window;

import dev.backstay.ui.window.WindowWish;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Properties;

/// What a start asks for, as one process tells it another.
///
/// @param asUser whom it acts as, with groups; the window that is open must act as the same
/// @param wanted what it is to show
public record Wish(String asUser, WindowWish wanted) {

  static Wish parse(String text) {
    Properties values = new Properties();
    try {
      values.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not from memory
    }
    return new Wish(
        values.getProperty("as", ""),
        new WindowWish(
            values.getProperty("context", ""),
            values.getProperty("namespace", ""),
            values.getProperty("kubeconfig", ""),
            values.getProperty("repository", "")));
  }

  String text() {
    Properties values = new Properties();
    values.setProperty("as", asUser);
    values.setProperty("context", wanted.context());
    values.setProperty("namespace", wanted.namespace());
    values.setProperty("kubeconfig", wanted.kubeconfig());
    values.setProperty("repository", wanted.repository());
    StringWriter text = new StringWriter();
    try {
      values.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not from memory
    }
    return text.toString();
  }
}
