package dev.backstay.repository.tree;

import dev.backstay.model.FilePath;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.json.Hex;
import dev.backstay.repository.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads nodes in the one form that restic and we write: fields in their order, no white space.
/// Gives up on whatever is different, and on what is rare: escapes, attributes, errors.
final class NodeScanner {

  private static final byte[] NAME = ascii("{\"name\":\"");
  private static final byte[] TYPE = ascii(",\"type\":\"");
  private static final byte[] MODE = ascii(",\"mode\":");
  private static final byte[] MTIME = ascii(",\"mtime\":\"");
  private static final byte[] ATIME = ascii(",\"atime\":\"");
  private static final byte[] CTIME = ascii(",\"ctime\":\"");
  private static final byte[] UID = ascii(",\"uid\":");
  private static final byte[] GID = ascii(",\"gid\":");
  private static final byte[] USER = ascii(",\"user\":\"");
  private static final byte[] GROUP = ascii(",\"group\":\"");
  private static final byte[] INODE = ascii(",\"inode\":");
  private static final byte[] DEVICE_ID = ascii(",\"device_id\":");
  private static final byte[] SIZE = ascii(",\"size\":");
  private static final byte[] LINKS = ascii(",\"links\":");
  private static final byte[] TARGET = ascii(",\"linktarget\":\"");
  private static final byte[] CONTENT = ascii(",\"content\":");
  private static final byte[] NULL = ascii("null");
  private static final byte[] SUBTREE = ascii(",\"subtree\":\"");
  private static final NodeType[] TYPES =
      Arrays.stream(NodeType.values()).filter(t -> t != NodeType.OTHER).toArray(NodeType[]::new);
  private static final byte[][] WORDS =
      Arrays.stream(TYPES).map(type -> ascii(type.word() + '"')).toArray(byte[][]::new);

  private final byte[] bytes;
  private final int end;
  private final TimeScanner times;
  private int at;
  private boolean gaveUp;
  private String user = "";
  private String group = "";

  NodeScanner(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
    times = new TimeScanner(bytes, end);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static boolean stands(byte[] text, int at, int end, byte[] word) {
    if (at + word.length > end) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (text[at + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  /// Behind the node that was read last.
  int position() {
    return at;
  }

  /// @return null if it is not in that form
  @Nullable Node read(int from) {
    at = from;
    gaveUp = false;
    if (!word(NAME)) {
      return null;
    }
    FilePath name = raw();
    NodeType type = type();
    long mode = word(MODE) ? number() : 0;
    NodeTime modified = time(MTIME);
    NodeTime accessed = time(ATIME);
    NodeTime changed = time(CTIME);
    long uid = required(UID);
    long gid = required(GID);
    user = word(USER) ? text(user) : "";
    group = word(GROUP) ? text(group) : "";
    long inode = word(INODE) ? number() : 0;
    long deviceId = word(DEVICE_ID) ? number() : 0;
    long size = word(SIZE) ? number() : 0;
    long links = word(LINKS) ? number() : 0;
    FilePath target = word(TARGET) ? raw() : null;
    List<BlobId> content = content();
    BlobId subtree = word(SUBTREE) ? id() : null;
    if (gaveUp || at >= end || bytes[at] != '}') {
      return null;
    }
    at++;
    return new Node(
        name, type, mode, modified, accessed, changed, uid, gid, user, group, inode, deviceId, size,
        links, target, List.of(), Map.of(), 0, content, subtree, "", Map.of());
  }

  private boolean word(byte[] word) {
    boolean is = stands(bytes, at, end, word);
    at += is ? word.length : 0;
    return is;
  }

  private void giveUp() {
    gaveUp = true;
  }

  /// Consumes up to the closing quote.
  ///
  /// @return where that stands, or -1 if there is an escape on the way
  private int quote() {
    int from = at;
    while (at < end && bytes[at] != '"') {
      if (bytes[at] == '\\') {
        giveUp();
        return from;
      }
      at++;
    }
    return at++;
  }

  private FilePath raw() {
    int from = at;
    int to = quote();
    if (gaveUp || to > end) {
      giveUp();
      return FilePath.ROOT;
    }
    byte[] text = Arrays.copyOfRange(bytes, from, to);
    if (!Utf8.valid(text)) {
      giveUp();
    }
    return FilePath.ofBytes(text);
  }

  private String text(String last) {
    int from = at;
    int to = quote();
    if (gaveUp || to > end) {
      giveUp();
      return "";
    }
    if (same(last, from, to)) {
      return last;
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private boolean same(String last, int from, int to) {
    if (last.length() != to - from) {
      return false;
    }
    for (int i = 0; i < last.length(); i++) {
      if (last.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  private NodeType type() {
    if (word(TYPE)) {
      for (int i = 0; i < TYPES.length; i++) {
        if (word(WORDS[i])) {
          return TYPES[i];
        }
      }
    }
    giveUp();
    return NodeType.FILE;
  }

  private NodeTime time(byte[] name) {
    NodeTime time = word(name) ? times.read(at) : null;
    if (time == null) {
      giveUp();
      return NodeTime.EPOCH;
    }
    at = times.position();
    return time;
  }

  private long required(byte[] name) {
    if (!word(name)) {
      giveUp();
    }
    return number();
  }

  /// Up to 18 digits.
  private long number() {
    int from = at;
    long value = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - from < 19) {
      value = value * 10 + bytes[at++] - '0';
    }
    if (at == from || at - from > 18) {
      giveUp();
    }
    return value;
  }

  private BlobId id() {
    if (!Hex.isId(bytes, at, end) || at + 64 >= end || bytes[at + 64] != '"') {
      giveUp();
      return new BlobId(0, 0, 0, 0);
    }
    BlobId id =
        new BlobId(
            Hex.word(bytes, at),
            Hex.word(bytes, at + 16),
            Hex.word(bytes, at + 32),
            Hex.word(bytes, at + 48));
    at += 65;
    return id;
  }

  private boolean next(char wanted) {
    boolean is = at < end && bytes[at] == wanted;
    at += is ? 1 : 0;
    return is;
  }

  private List<BlobId> content() {
    if (!word(CONTENT)) {
      giveUp();
      return List.of();
    }
    if (word(NULL)) {
      return List.of();
    }
    if (!next('[')) {
      giveUp();
    }
    if (next(']')) {
      return List.of();
    }
    List<BlobId> ids = new ArrayList<>(1);
    do {
      if (!next('"')) {
        giveUp();
      }
      ids.add(id());
    } while (!gaveUp && next(','));
    if (!next(']')) {
      giveUp();
    }
    return ids.size() == 1 ? List.of(ids.getFirst()) : List.copyOf(ids);
  }
}
