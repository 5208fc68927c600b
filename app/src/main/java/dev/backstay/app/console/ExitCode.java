package dev.backstay.app.console;

/// How the process ends. Documented in `--help`; never changes.
public enum ExitCode {
  DONE(0),
  FAILED(1),
  USAGE(2),
  PARTIAL(3),
  NOT_FOUND(4),
  CANCELLED(5);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
