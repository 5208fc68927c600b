package dev.backstay.workflow.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a job is about, as the journal keeps it: enough to recognise and take up the job of a dead
/// process. Never holds a secret.
///
/// @param kind what it does
/// @param context the kubeconfig context, null for jobs that touch no cluster
/// @param clusterId the cluster behind it, as tags and labels name it
/// @param namespace the namespace worked on, null if none
/// @param repository the repository's location, null if none
/// @param details whatever the kind needs to be taken up again, by keys that are never renamed
public record JobSpec(
    JobKind kind,
    @Nullable String context,
    @Nullable String clusterId,
    @Nullable String namespace,
    @Nullable String repository,
    Map<String, String> details) {}
