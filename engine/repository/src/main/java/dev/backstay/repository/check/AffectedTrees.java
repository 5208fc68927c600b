package dev.backstay.repository.check;

import dev.backstay.model.DamagedException;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.opened.TreeWalk;
import dev.backstay.repository.tree.Node;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Trees that are lost or hold what is lost, and those that lead to them: walked in any order, then
/// spread upwards. Eight bytes for each folder in a folder.
final class AffectedTrees implements TreeWalk.Visitor {

  private final Findings findings;
  private final Meter meter;
  private final BlobTable trees = new BlobTable();
  private final BitSet affected = new BitSet();
  private int[] parents = new int[64];
  private int[] children = new int[64];
  private int links;

  /// @param meter gets trees
  AffectedTrees(Findings findings, Meter meter) {
    this.findings = findings;
    this.meter = meter;
  }

  @Override
  public void lost(BlobId id, DamagedException error) {
    note(id, findings.isLost(BlobKind.TREE, id), List.of());
  }

  @Override
  public void tree(BlobId id, List<Node> nodes) {
    boolean itself =
        findings.isLost(BlobKind.TREE, id)
            || nodes.stream()
                .flatMap(node -> node.content().stream())
                .anyMatch(blob -> findings.isLost(BlobKind.DATA, blob));
    note(id, itself, nodes);
  }

  private synchronized void note(BlobId id, boolean itself, List<Node> nodes) {
    int number = trees.number(BlobKind.TREE, id);
    if (itself) {
      affected.set(number);
    }
    for (Node node : nodes) {
      BlobId subtree = node.subtree();
      if (node.isFolder() && subtree != null) {
        link(number, trees.number(BlobKind.TREE, subtree));
      }
    }
    meter.add(1, 0);
  }

  private void link(int parent, int child) {
    if (links == parents.length) {
      parents = Arrays.copyOf(parents, links * 2);
      children = Arrays.copyOf(children, links * 2);
    }
    parents[links] = parent;
    children[links++] = child;
  }

  /// To be called once, when all are walked.
  synchronized void spread() {
    int[] ends = new int[trees.size() + 1];
    for (int i = 0; i < links; i++) {
      ends[children[i] + 1]++;
    }
    Arrays.parallelPrefix(ends, Integer::sum);
    // Now where the parents of each begin; after filling them in, where they end.
    int[] byChild = new int[links];
    for (int i = 0; i < links; i++) {
      byChild[ends[children[i]]++] = parents[i];
    }
    int[] todo = Arrays.copyOf(affected.stream().toArray(), trees.size());
    int size = affected.cardinality();
    while (size > 0) {
      int child = todo[--size];
      for (int i = child == 0 ? 0 : ends[child - 1]; i < ends[child]; i++) {
        if (!affected.get(byChild[i])) {
          affected.set(byChild[i]);
          todo[size++] = byChild[i];
        }
      }
    }
  }

  synchronized boolean contains(BlobId tree) {
    int number = trees.find(BlobKind.TREE, tree);
    return number >= 0 && affected.get(number);
  }
}
