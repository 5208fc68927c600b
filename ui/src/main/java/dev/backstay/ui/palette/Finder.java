package dev.backstay.ui.palette;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds among everything by a few letters; needs no toolkit.
public final class Finder {

  static final int MOST = 60;

  private record Hit(Finding finding, int score, int order) {}

  private final List<Finding> all;

  /// @param all in the order in which equals are shown
  public Finder(List<Finding> all) {
    this.all = List.copyOf(all);
  }

  /// The best first; the beginning of everything if nothing is asked for.
  public List<Finding> find(String text) {
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    if (trimmed.isEmpty()) {
      return all.stream().limit(MOST).toList();
    }
    String[] words = trimmed.split("\\s+");
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      int score = all.get(i).score(words);
      if (score >= 0) {
        hits.add(new Hit(all.get(i), score, i));
      }
    }
    hits.sort(Comparator.comparingInt((Hit h) -> -h.score()).thenComparingInt(Hit::order));
    return hits.stream().limit(MOST).map(Hit::finding).toList();
  }
}
