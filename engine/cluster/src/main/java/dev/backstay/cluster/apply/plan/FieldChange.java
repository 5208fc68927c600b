package dev.backstay.cluster.apply.plan;

/// A field that overwriting changes.
///
/// @param path `spec.replicas`, `data.password`
/// @param from the live value as JSON, or empty if there is none
/// @param to the value in the restore point as JSON
public record FieldChange(String path, String from, String to) {}
