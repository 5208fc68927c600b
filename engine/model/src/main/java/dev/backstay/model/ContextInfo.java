package dev.backstay.model;

import java.util.List;

/// One context of the kubeconfigs, as far as the files tell: nothing was contacted.
///
/// @param name its name
/// @param current whether `current-context` names it
/// @param cluster the name of its cluster entry
/// @param server the URL of the API server, or empty if the cluster entry is missing
/// @param user the name of its user entry, or empty
/// @param namespace its default namespace, or empty if the file names none
/// @param file the file that defines it
/// @param program the program its user entry runs to get credentials, or empty
/// @param insecure whether the server's certificate is not verified
/// @param problems what keeps it from being used, one sentence each
public record ContextInfo(
    String name,
    boolean current,
    String cluster,
    String server,
    String user,
    String namespace,
    String file,
    String program,
    boolean insecure,
    List<String> problems) {}
