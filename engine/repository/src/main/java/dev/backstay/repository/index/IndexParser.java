package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.json.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads index files as restic and we write them, byte by byte and without objects: a repository
/// has hundreds of megabytes of this JSON. Whatever looks different is left to [IndexFile#decode],
/// which knows all of JSON and says what is wrong.
public final class IndexParser {

  private static final byte[] HEAD = ascii("{\"packs\":[");
  private static final byte[] ID = ascii("{\"id\":\"");
  private static final byte[] BLOBS = ascii("\",\"blobs\":[");
  private static final byte[] TYPE = ascii("\",\"type\":\"");
  private static final byte[] DATA = ascii("data\",\"offset\":");
  private static final byte[] TREE = ascii("tree\",\"offset\":");
  private static final byte[] LENGTH = ascii(",\"length\":");
  private static final byte[] PLAIN = ascii(",\"uncompressed_length\":");
  private static final long NONE = -1;

  private final byte[] json;
  private final int length;
  private final ParsedIndex parsed;
  private int at;

  private IndexParser(byte[] json, int length, ParsedIndex into) {
    this.json = json;
    this.length = length;
    this.parsed = into;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// @param length how many bytes of the array count
  /// @param file its name, for messages
  /// @param into what it held before is forgotten
  /// @throws dev.backstay.model.DamagedException if it is no index
  public static void parse(byte[] json, int length, Object file, ParsedIndex into) {
    into.clear();
    if (!new IndexParser(json, length, into).file()) {
      into.clear();
      IndexFile.decode(
          Arrays.copyOf(json, length),
          file,
          (pack, entries) -> into.add(BlobId.parse(pack), entries));
    }
  }

  public static ParsedIndex parse(byte[] json, Object file) {
    ParsedIndex parsed = new ParsedIndex();
    parse(json, json.length, file, parsed);
    return parsed;
  }

  private boolean file() {
    if (!word(HEAD)) {
      return false;
    }
    do {
      if (!pack()) {
        return false;
      }
    } while (next(','));
    return next(']') && next('}') && (at == length || (next('\n') && at == length));
  }

  private boolean pack() {
    if (!word(ID) || !Hex.isId(json, at, length)) {
      return false;
    }
    parsed.pack(
        Hex.word(json, at),
        Hex.word(json, at + 16),
        Hex.word(json, at + 32),
        Hex.word(json, at + 48));
    at += 64;
    if (!word(BLOBS)) {
      return false;
    }
    do {
      if (!blob()) {
        return false;
      }
    } while (next(','));
    return next(']') && next('}');
  }

  private boolean blob() {
    if (!word(ID) || !Hex.isId(json, at, length)) {
      return false;
    }
    int id = at;
    at += 64;
    if (!word(TYPE)) {
      return false;
    }
    boolean data = word(DATA);
    if (!data && !word(TREE)) {
      return false;
    }
    long offset = number();
    if (!word(LENGTH)) {
      return false;
    }
    long length = number();
    long plain = word(PLAIN) ? number() : 0;
    if (!next('}') || !IndexFile.possible(offset, length, plain)) {
      return false;
    }
    BlobKind kind = data ? BlobKind.DATA : BlobKind.TREE;
    parsed.blob(
        Hex.word(json, id),
        Hex.word(json, id + 16),
        Hex.word(json, id + 32),
        Hex.word(json, id + 48),
        kind.code(),
        offset,
        (int) length,
        (int) plain);
    return true;
  }

  private boolean word(byte[] word) {
    int from = at;
    if (from + word.length > length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (json[from + i] != word[i]) {
        return false;
      }
    }
    at = from + word.length;
    return true;
  }

  private boolean next(char wanted) {
    if (at < length && json[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /// Up to ten digits without a leading zero, or [#NONE].
  private long number() {
    int from = at;
    long value = 0;
    while (at < length && json[at] >= '0' && json[at] <= '9' && at - from < 11) {
      value = value * 10 + json[at++] - '0';
    }
    boolean leading = at - from > 1 && json[from] == '0';
    return at == from || at - from > 10 || leading ? NONE : value;
  }
}
