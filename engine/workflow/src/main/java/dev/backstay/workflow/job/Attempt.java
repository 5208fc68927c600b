package dev.backstay.workflow.job;

/// The progress of one try at a part of a job, which can be taken back before the next try. Safe
/// for use by many threads.
public final class Attempt {

  private final ProgressCounter progress;
  private long expectedItems;
  private long expectedBytes;
  private long doneItems;
  private long doneBytes;

  public Attempt(ProgressCounter progress) {
    this.progress = progress;
  }

  /// See [ProgressCounter#expect].
  public synchronized void expect(long items, long bytes) {
    expectedItems += items;
    expectedBytes += bytes;
    progress.expect(items, bytes);
  }

  /// See [ProgressCounter#done].
  public synchronized void done(long items, long bytes) {
    doneItems += items;
    doneBytes += bytes;
    progress.done(items, bytes);
  }

  /// As if it had not been tried.
  public synchronized void undo() {
    progress.done(-doneItems, -doneBytes);
    progress.expect(-expectedItems, -expectedBytes);
  }
}
