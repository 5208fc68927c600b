package dev.backstay.workflow.maintenance;

import java.util.List;

/// One thing that a repair would do.
///
/// @param item the file of the repository: `index/…`, `data/…`, `snapshots/…`
/// @param action what becomes of it: `drop`, `add`, `replace`, `tidy`, `salvage`, `forget`, `keep`
/// @param message one sentence
/// @param details what of it is lost or changed, one line each
public record RepairStep(String item, String action, String message, List<String> details) {}
