package dev.backstay.repository.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Writes JSON byte for byte as Go's `encoding/json` does: no spaces, HTML characters escaped.
public final class JsonWriter {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  private byte[] bytes;
  private int size;

  public JsonWriter(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  /// A copy of what was written.
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  public int size() {
    return size;
  }

  /// Text that is JSON already.
  public JsonWriter raw(String json) {
    int length = json.length();
    room(3 * length);
    for (int i = 0; i < length; i++) {
      char c = json.charAt(i);
      if (c >= 0x80) {
        byte[] rest = json.substring(i).getBytes(StandardCharsets.UTF_8);
        room(rest.length);
        System.arraycopy(rest, 0, bytes, size, rest.length);
        size += rest.length;
        return this;
      }
      bytes[size++] = (byte) c;
    }
    return this;
  }

  public JsonWriter raw(char c) {
    room(1);
    bytes[size++] = (byte) c;
    return this;
  }

  /// `"name":`, with a comma before it unless it is the first of its object.
  public JsonWriter field(String name) {
    room(name.length() + 4);
    if (size > 0 && bytes[size - 1] != '{') {
      bytes[size++] = ',';
    }
    return raw('"').raw(name).raw('"').raw(':');
  }

  public JsonWriter number(long value) {
    return raw(Long.toString(value));
  }

  public JsonWriter unsigned(long value) {
    return raw(Long.toUnsignedString(value));
  }

  public JsonWriter base64(byte[] value) {
    return raw('"').raw(Base64.getEncoder().encodeToString(value)).raw('"');
  }

  public JsonWriter string(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
    }
    return plain ? raw('"').raw(text).raw('"') : utf8(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A string from UTF-8. Bytes that are not become `\ufffd`, as in Go.
  public JsonWriter utf8(byte[] text) {
    room(6 * text.length + 2);
    bytes[size++] = '"';
    for (int i = 0; i < text.length; ) {
      int b = text[i];
      if (b >= 0) {
        ascii(b);
        i++;
      } else {
        int length = Utf8.length(text, i);
        if (length == 0) {
          literal("\\ufffd");
          i++;
        } else if (length == 3
            && b == (byte) 0xe2
            && text[i + 1] == (byte) 0x80
            && (text[i + 2] & 0xfe) == 0xa8) {
          literal((text[i + 2] & 1) == 0 ? "\\u2028" : "\\u2029");
          i += 3;
        } else {
          System.arraycopy(text, i, bytes, size, length);
          size += length;
          i += length;
        }
      }
    }
    bytes[size++] = '"';
    return this;
  }

  private void ascii(int c) {
    switch (c) {
      case '"' -> literal("\\\"");
      case '\\' -> literal("\\\\");
      case '\b' -> literal("\\b");
      case '\f' -> literal("\\f");
      case '\n' -> literal("\\n");
      case '\r' -> literal("\\r");
      case '\t' -> literal("\\t");
      default -> {
        if (c < 0x20 || c == '<' || c == '>' || c == '&') {
          literal("\\u00");
          bytes[size++] = HEX[c >> 4];
          bytes[size++] = HEX[c & 15];
        } else {
          bytes[size++] = (byte) c;
        }
      }
    }
  }

  private void literal(String text) {
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
