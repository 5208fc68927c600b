package dev.backstay.repository.repair;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Packs by the beginnings of their ids.
final class PackNames {

  private PackNames() {}

  static String find(String beginning, Set<String> indexed, Set<String> stored) {
    Set<String> matches = new TreeSet<>();
    for (Set<String> names : List.of(indexed, stored)) {
      names.stream()
          .filter(name -> !beginning.isEmpty() && name.startsWith(beginning))
          .forEach(matches::add);
    }
    if (matches.isEmpty()) {
      throw new NotFoundException(
          "repository.no-pack",
          "there is no pack '" + beginning + "'",
          "take the ids from 'repo check --read-data'");
    }
    if (matches.size() > 1) {
      throw new InvalidInputException(
          "repository.pack-ambiguous",
          matches.size() + " packs have an id that begins with '" + beginning + "'",
          "give more characters of the id");
    }
    return matches.iterator().next();
  }
}
