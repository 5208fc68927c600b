package dev.backstay.workflow.browse;

/// One manifest at which a restore point and the cluster differ.
///
/// @param path absolute in the restore point, also if only the cluster has the object
/// @param kind how: added means that only the cluster has it
/// @param stored bytes of its YAML as they were compared, -1 if it is not in the restore point
/// @param live the same of the live object, -1 if there is none
public record LiveDifference(String path, Difference.Kind kind, long stored, long live) {}
