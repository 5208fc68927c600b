package dev.backstay.workflow.job;

/// Names a job for ever: 12 lower-case letters and digits, valid as a label value and in object
/// names.
public record JobId(String text) {

  public JobId {
    if (!text.matches("[a-z0-9]{12}")) {
      throw new IllegalArgumentException("not a job id: " + text);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
