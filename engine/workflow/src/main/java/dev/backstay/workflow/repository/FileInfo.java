package dev.backstay.workflow.repository;

import dev.backstay.model.FileEntry;

/// A file in a snapshot.
///
/// @param entry path from the snapshot's root, and what was kept of it
/// @param user the owner's name, or empty
/// @param group the group's name, or empty
/// @param blobs how many pieces its content is stored in
public record FileInfo(FileEntry entry, String user, String group, int blobs) {}
