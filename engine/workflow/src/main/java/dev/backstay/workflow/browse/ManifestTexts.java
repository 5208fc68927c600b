package dev.backstay.workflow.browse;

/// A manifest as it is in two restore points, both as YAML.
///
/// @param same whether they are equal as far as was looked at, masked values included
/// @param before in the first, empty if it is not there
/// @param after in the second, empty if it is not there
public record ManifestTexts(boolean same, String before, String after) {}
