package dev.backstay.sandbox.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Every object, in the order of etcd's keys, and the latest changes. What was stored is never
/// changed, only replaced, so readers need no lock for it.
public final class State {

  private record Key(String namespace, String name) {}

  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::namespace).thenComparing(Key::name);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, SortedMap<Key, ObjectNode>> objects = new HashMap<>();
  private final Deque<Change> history = new ArrayDeque<>();
  private final List<Watch> watches = new ArrayList<>();
  private final int historyLength;
  private long version = 1;
  private long oldest = 1;

  public State(int historyLength) {
    this.historyLength = historyLength;
  }

  /// What needs several reads and writes in one piece holds this.
  public ReentrantLock lock() {
    return lock;
  }

  public long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
    lock.lock();
    try {
      return Optional.ofNullable(of(resource).get(new Key(namespace, name)));
    } finally {
      lock.unlock();
    }
  }

  /// All of a kind, in order.
  ///
  /// @param namespace empty for all namespaces
  public List<ObjectNode> list(Resource resource, String namespace) {
    lock.lock();
    try {
      SortedMap<Key, ObjectNode> map = of(resource);
      return namespace.isEmpty()
          ? List.copyOf(map.values())
          : List.copyOf(map.subMap(new Key(namespace, ""), new Key(namespace + "\0", "")).values());
    } finally {
      lock.unlock();
    }
  }

  /// Stores the object under the next version, which is written into it.
  public ObjectNode put(Resource resource, ObjectNode object) {
    lock.lock();
    try {
      Json.meta(object).put("resourceVersion", Long.toString(++version));
      ObjectNode before = of(resource).put(key(object), object);
      publish(before == null ? Change.Type.ADDED : Change.Type.MODIFIED, resource, before, object);
      return object;
    } finally {
      lock.unlock();
    }
  }

  public void remove(Resource resource, ObjectNode object) {
    lock.lock();
    try {
      ObjectNode before = of(resource).remove(key(object));
      if (before != null) {
        ObjectNode last = before.deepCopy();
        Json.meta(last).put("resourceVersion", Long.toString(++version));
        publish(Change.Type.DELETED, resource, before, last);
      }
    } finally {
      lock.unlock();
    }
  }

  /// All changes after that version, and those to come.
  ///
  /// @throws Refusal 410 if some of them were forgotten
  public Watch watch(long after) throws Refusal {
    lock.lock();
    try {
      if (after < oldest - 1) {
        throw Refusal.expired("too old resource version: " + after + " (" + oldest + ")");
      }
      Watch watch = new Watch(this::unwatch);
      history.stream().filter(c -> c.version() > after).forEach(watch::offer);
      watches.add(watch);
      return watch;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets every change, as etcd's compaction does.
  public void compact() {
    lock.lock();
    try {
      history.clear();
      oldest = version + 1;
    } finally {
      lock.unlock();
    }
  }

  private void unwatch(Watch watch) {
    lock.lock();
    try {
      watches.remove(watch);
    } finally {
      lock.unlock();
    }
  }

  private void publish(
      Change.Type type, Resource resource, @Nullable ObjectNode before, ObjectNode object) {
    Change change = new Change(version, type, resource, before, object);
    history.add(change);
    if (history.size() > historyLength) {
      oldest = history.remove().version() + 1;
    }
    watches.forEach(watch -> watch.offer(change));
  }

  private SortedMap<Key, ObjectNode> of(Resource resource) {
    return objects.computeIfAbsent(resource.storage(), any -> new TreeMap<>(ORDER));
  }

  private static Key key(ObjectNode object) {
    return new Key(Json.namespace(object), Json.name(object));
  }
}
