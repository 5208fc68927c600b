package dev.backstay.workflow;

import dev.backstay.workflow.job.Job;
import dev.backstay.workflow.job.JobId;
import java.util.Optional;

/// What a request would do, computed and not done. Every kind of job has a plan record of its own,
/// which can be shown, exported and refused; submitting it starts the job.
public interface Plan {

  /// Whether applying it destroys something that cannot be had back: asks first, or needs `--yes`.
  boolean destroys();

  /// Whether anything in it forbids starting it, such as a missing permission that nothing can
  /// replace.
  boolean blocked();

  /// The job of a dead process that this plan takes up where it stopped, if there is one.
  default Optional<JobId> resumes() {
    return Optional.empty();
  }

  /// The job that carries it out. For [Engine#submit(Plan)].
  Job job();
}
