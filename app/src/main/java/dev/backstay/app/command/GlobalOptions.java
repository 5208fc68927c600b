package dev.backstay.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Options that every command takes, before or behind its name, with kubectl's names and meaning.
final class GlobalOptions {

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Kubeconfig to use instead of KUBECONFIG or ~/.kube/config.")
  @Nullable String kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Kubeconfig context to use.")
  @Nullable String context;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Kubeconfig cluster to use.")
  @Nullable String cluster;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Kubeconfig user to use.")
  @Nullable String user;

  @Option(
      names = "--as",
      paramLabel = "USER",
      scope = ScopeType.INHERIT,
      description = "User to impersonate.")
  @Nullable String as;

  @Option(
      names = "--as-group",
      paramLabel = "GROUP",
      scope = ScopeType.INHERIT,
      description = "Group to impersonate; may be repeated.")
  List<String> asGroups = new ArrayList<>();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Namespace; the context's own by default.")
  @Nullable String namespace;

  @Option(
      names = "--request-timeout",
      paramLabel = "TIME",
      scope = ScopeType.INHERIT,
      description = "How long one request may take, such as 30s or 2m; 0 is for ever.")
  @Nullable String requestTimeout;

  @Option(
      names = {"-r", "--repository"},
      paramLabel = "PLACE",
      scope = ScopeType.INHERIT,
      description = "Repository: a folder, or s3:https://host/bucket. Else BACKSTAY_REPOSITORY.")
  @Nullable String repository;

  @Option(
      names = "--store-option",
      paramLabel = "NAME=VALUE",
      scope = ScopeType.INHERIT,
      description = "How the store is used, such as region=eu-west-1; may be repeated.")
  Map<String, String> storeOptions = new TreeMap<>();

  @Option(
      names = "--limit-upload",
      paramLabel = "KIB",
      scope = ScopeType.INHERIT,
      description = "Most KiB a second to the store.")
  @Nullable Integer limitUpload;

  @Option(
      names = "--limit-download",
      paramLabel = "KIB",
      scope = ScopeType.INHERIT,
      description = "Most KiB a second from the store.")
  @Nullable Integer limitDownload;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "File whose first line is the repository's password.")
  @Nullable String passwordFile;

  @Option(
      names = "--password-command",
      paramLabel = "COMMAND",
      scope = ScopeType.INHERIT,
      description = "Program that prints the repository's password.")
  @Nullable String passwordCommand;

  @Option(
      names = "--unlock",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Let this command change a context marked production: its name once more.")
  @Nullable String unlock;

  @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Write more into the log.")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;
}
