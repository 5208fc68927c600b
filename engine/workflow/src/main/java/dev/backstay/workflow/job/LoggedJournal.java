package dev.backstay.workflow.job;

import dev.backstay.workflow.journal.JobJournal;

/// Lets a job's log say what its journal says: the journal goes with the end of the job, the log
/// stays.
record LoggedJournal(JobJournal journal, JobLog log) implements JobJournal {

  @Override
  public void step(String name) {
    journal.step(name);
    log.add("step: " + name);
  }

  @Override
  public void creating(String path) {
    journal.creating(path);
    log.add("creating " + path);
  }

  @Override
  public void removed(String path) {
    journal.removed(path);
    log.add("removed " + path);
  }

  @Override
  public void note(String key, String value) {
    journal.note(key, value);
  }
}
