package dev.backstay.workflow.job;

import dev.backstay.model.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A job whose body is a lambda.
record FakeJob(JobSpec spec, Function<JobContext, Outcome> body) implements Job {

  static final JobSpec SPEC =
      new JobSpec(
          JobKind.BACKUP, "kind", "cluster-1", "shop", "/repo", Map.of("selection", "app=shop"));

  static FakeJob of(Function<JobContext, Outcome> body) {
    return new FakeJob(SPEC, body);
  }

  static Outcome completed() {
    return new Outcome.Completed("point1", List.of());
  }

  @Override
  public Outcome run(JobContext context) {
    return body.apply(context);
  }
}
