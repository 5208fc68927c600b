package dev.backstay.repository.repair;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.repository.opened.IndexLoad;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.PackHeaders;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the index says about each pack, in short: one number for all its blobs.
final class IndexSurvey {

  /// @param blobs how many
  /// @param size bytes that the pack should have
  /// @param print the same for the same blobs in the same places
  /// @param times how often the index names it
  /// @param alike whether it always says the same
  record Said(int blobs, long size, long print, int times, boolean alike) {

    Said and(Said other) {
      boolean same = alike && other.print == print && other.size == size;
      return new Said(blobs, size, print, times + other.times, same);
    }

    boolean is(List<PackEntry> header) {
      return alike && print == IndexSurvey.print(header) && blobs == header.size();
    }
  }

  private final Map<String, Said> packs = new HashMap<>();
  private final List<String> damaged = new ArrayList<>();

  static IndexSurvey of(Opened opened, CancelToken cancel) {
    IndexSurvey survey = new IndexSurvey();
    for (StoredFile file : opened.store().list(FileKind.INDEX)) {
      cancel.checkpoint();
      try {
        IndexLoad.decode(opened, file.key(), survey::add);
      } catch (DamagedException e) {
        survey.damaged.add(file.key().name());
      }
    }
    return survey;
  }

  private void add(String pack, List<PackEntry> entries) {
    packs.merge(
        pack,
        new Said(entries.size(), PackHeaders.size(entries), print(entries), 1, true),
        Said::and);
  }

  Map<String, Said> packs() {
    return packs;
  }

  /// Names of index files that cannot be read.
  List<String> damaged() {
    return damaged;
  }

  static long print(List<PackEntry> entries) {
    long print = 1;
    for (PackEntry entry :
        entries.stream().sorted(Comparator.comparingLong(PackEntry::offset)).toList()) {
      print = (print ^ entry.id().d()) * 0x9e3779b97f4a7c15L + entry.id().a();
      print = print * 31 + entry.offset();
      print = print * 31 + entry.length();
      print = print * 31 + entry.plainLength() * 2L + entry.kind().code();
    }
    return print;
  }
}
