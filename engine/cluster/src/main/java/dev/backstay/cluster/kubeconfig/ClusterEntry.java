package dev.backstay.cluster.kubeconfig;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An entry of `clusters`. Empty texts stand for absent fields.
///
/// @param name its name
/// @param file where it is defined
/// @param server the URL of the API server
/// @param tlsServerName the name its certificate is for, if not the server's
/// @param insecure whether the certificate is not verified
/// @param caFile path of the CA bundle, resolved against its file
/// @param caData the CA bundle itself in base64; wins over the file
/// @param proxyUrl how to get there
/// @param disableCompression whether answers shall not be compressed
/// @param execInfo what the cluster has to tell exec plugins, null if nothing
/// @param problems what is wrong with it, one sentence each
public record ClusterEntry(
    String name,
    Path file,
    String server,
    String tlsServerName,
    boolean insecure,
    String caFile,
    String caData,
    String proxyUrl,
    boolean disableCompression,
    @Nullable JsonNode execInfo,
    java.util.List<String> problems) {}
