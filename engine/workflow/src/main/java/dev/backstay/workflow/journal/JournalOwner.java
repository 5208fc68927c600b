package dev.backstay.workflow.journal;

/// The process that wrote a journal.
///
/// @param pid its process id on that host
/// @param started when the process started, in milliseconds since 1970 by the system's own account;
///   tells it from a later process of the same pid
/// @param host the host's name
/// @param installation the id of the installation, as labels in clusters have it
public record JournalOwner(long pid, long started, String host, String installation) {}
