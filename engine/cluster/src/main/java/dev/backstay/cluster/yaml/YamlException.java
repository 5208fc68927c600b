package dev.backstay.cluster.yaml;

/// Why a text is not YAML we read: half a sentence about "it", without any of its content.
public final class YamlException extends Exception {

  private static final long serialVersionUID = 1L;

  public YamlException(String message) {
    super(message);
  }

  /// The half sentence.
  public String problem() {
    return String.valueOf(getMessage());
  }
}
