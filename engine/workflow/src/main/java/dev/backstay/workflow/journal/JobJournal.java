package dev.backstay.workflow.journal;

/// A job's diary in a file of its own, outside the catalog: each entry is on the disk before the
/// call returns. After a crash it says what the job had begun and what it had made. Safe for use by
/// many threads.
public interface JobJournal {

  /// A step that is about to happen, by a stable name (`volumesnapshots`, `files data-db-0`,
  /// `commit`).
  void step(String name);

  /// An object that is about to be created in the cluster; called before the request is sent.
  ///
  /// @param path the API path of the object, such as `/api/v1/namespaces/shop/pods/backstay-x`
  void creating(String path);

  /// The object is known to be gone again.
  void removed(String path);

  /// A fact that a later process needs to take the job up, by a stable key.
  void note(String key, String value);
}
