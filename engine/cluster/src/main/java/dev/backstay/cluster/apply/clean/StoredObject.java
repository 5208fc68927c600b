package dev.backstay.cluster.apply.clean;

import dev.backstay.cluster.manifest.ManifestKey;
import tools.jackson.databind.node.ObjectNode;

/// An object out of a restore point.
///
/// @param key which object, as it was stored
/// @param object as the server had it; never changed here
public record StoredObject(ManifestKey key, ObjectNode object) {}
