package dev.backstay.sandbox.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import tools.jackson.databind.JsonNode;

/// Every kind that is served: the built-in ones, and those of the CustomResourceDefinitions that
/// exist now. Safe for use by many threads.
public final class Resources {

  private static final List<String> ALL_VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private final List<Resource> all = new CopyOnWriteArrayList<>();
  private final Set<String> withdrawn = new CopyOnWriteArraySet<>();

  public Resources() {
    try (InputStream in = Resources.class.getResourceAsStream("resources.txt");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      lines.lines().map(Resources::builtIn).forEach(all::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Resource> all() {
    return all.stream().filter(this::served).toList();
  }

  public Optional<Resource> find(String group, String version, String plural) {
    return all.stream()
        .filter(this::served)
        .filter(r -> r.group().equals(group) && r.version().equals(version))
        .filter(r -> r.plural().equals(plural))
        .findFirst();
  }

  private boolean served(Resource resource) {
    return !withdrawn.contains(resource.group());
  }

  /// Serves no kind of a group any more. The controllers go on with what they have.
  public void withdraw(String group) {
    withdrawn.add(group);
  }

  public Optional<Resource> findKind(String apiVersion, String kind) {
    return all.stream()
        .filter(r -> r.apiVersion().equals(apiVersion) && r.kind().equals(kind))
        .findFirst();
  }

  /// @param storage as [Resource#storage()]
  public Optional<Resource> findStorage(String storage) {
    return all.stream().filter(r -> r.storage().equals(storage)).findFirst();
  }

  /// A built-in kind, which is always there.
  public Resource get(String storage) {
    return findStorage(storage).orElseThrow();
  }

  /// Serves the versions of a CustomResourceDefinition, and no others of it.
  public void define(JsonNode definition) {
    List<Resource> now = new ArrayList<>();
    for (JsonNode version : Json.at(definition, "spec", "versions")) {
      if (Json.flag(version, "served")) {
        now.add(custom(Json.at(definition, "spec"), version));
      }
    }
    forget(definition);
    all.addAll(now);
  }

  public void forget(JsonNode definition) {
    String group = Json.text(definition, "spec", "group");
    String plural = Json.text(definition, "spec", "names", "plural");
    all.removeIf(r -> r.custom() && r.group().equals(group) && r.plural().equals(plural));
  }

  private static Resource custom(JsonNode spec, JsonNode version) {
    JsonNode names = spec.path("names");
    List<Resource.Subresource> subresources = new ArrayList<>();
    if (Json.has(version, "subresources", "status")) {
      subresources.add(subresource("status::get+patch+update", Json.text(names, "kind")));
    }
    if (Json.has(version, "subresources", "scale")) {
      subresources.add(subresource("scale:autoscaling/v1/Scale:get+patch+update", "Scale"));
    }
    return new Resource(
        Json.text(spec, "group"),
        Json.text(version, "name"),
        Json.text(names, "plural"),
        Json.text(names, "singular"),
        Json.text(names, "kind"),
        Json.text(spec, "scope").equals("Namespaced"),
        Json.texts(names.path("shortNames")),
        Json.texts(names.path("categories")),
        ALL_VERBS,
        List.copyOf(subresources),
        true,
        columns(version.path("additionalPrinterColumns")));
  }

  private static List<Resource.Column> columns(JsonNode declared) {
    List<Resource.Column> columns = new ArrayList<>();
    for (JsonNode column : declared) {
      columns.add(
          new Resource.Column(
              Json.text(column, "name"),
              Json.text(column, "type"),
              Json.text(column, "jsonPath"),
              (int) Json.number(column, 0, "priority")));
    }
    return List.copyOf(columns);
  }

  /// One line of `resources.txt`: group/version, plural, singular, kind, scope, short names,
  /// categories, verbs, subresources (`name:[[group/]version/kind]:verbs`).
  private static Resource builtIn(String line) {
    String[] word = line.split(" ");
    String[] groupVersion = word[0].split("/");
    String kind = word[3];
    return new Resource(
        groupVersion.length == 1 ? "" : groupVersion[0],
        groupVersion[groupVersion.length - 1],
        word[1],
        word[2],
        kind,
        word[4].equals("N"),
        words(word[5], ","),
        words(word[6], ","),
        word[7].equals("*") ? ALL_VERBS : words(word[7], "\\+"),
        words(word[8], ";").stream().map(text -> subresource(text, kind)).toList(),
        false,
        List.of());
  }

  private static Resource.Subresource subresource(String text, String kindOfResource) {
    String[] part = text.split(":");
    int slash = part[1].lastIndexOf('/');
    return new Resource.Subresource(
        part[0],
        slash < 0 ? "" : part[1].substring(0, slash),
        part[1].isEmpty() ? kindOfResource : part[1].substring(slash + 1),
        words(part[2], "\\+"));
  }

  private static List<String> words(String text, String separator) {
    return text.equals("-") ? List.of() : Arrays.asList(text.split(separator));
  }
}
