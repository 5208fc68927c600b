package dev.backstay.repository.tree;

import dev.backstay.model.DamagedException;
import dev.backstay.model.FilePath;
import dev.backstay.model.InvalidInputException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Trees as bytes, exactly as restic 0.19 writes them: the same folder gets the same id.
public final class TreeCodec {

  private static final Map<String, NodeType> TYPES =
      Map.of(
          "file", NodeType.FILE,
          "dir", NodeType.DIR,
          "symlink", NodeType.SYMLINK,
          "dev", NodeType.DEV,
          "chardev", NodeType.CHARDEV,
          "fifo", NodeType.FIFO,
          "socket", NodeType.SOCKET);

  private TreeCodec() {}

  /// @param nodes in any order; they are sorted here
  /// @throws InvalidInputException if two have the same name, or one has none that a file can have
  public static byte[] encode(List<Node> nodes) {
    List<Node> sorted = new ArrayList<>(nodes);
    sorted.sort(Comparator.comparing(Node::name));
    JsonWriter out = new JsonWriter(sorted.size() * 400 + 16);
    out.raw("{\"nodes\":[");
    Node last = null;
    for (Node node : sorted) {
      if (last != null) {
        out.raw(',');
      }
      if (badName(node.name()) || (last != null && last.name().equals(node.name()))) {
        throw new InvalidInputException(
            "repository.bad-name",
            "a folder cannot hold the name '" + node.name() + "' or holds it twice",
            "rename the file");
      }
      write(out, node);
      last = node;
    }
    return out.raw("]}\n").toBytes();
  }

  /// Names that lead elsewhere: a writer refuses them and a reader does not trust them.
  static boolean badName(FilePath name) {
    byte[] bytes = name.bytes();
    if (bytes.length == 0
        || (bytes.length <= 2 && bytes[0] == '.' && bytes[bytes.length - 1] == '.')) {
      return true;
    }
    for (byte b : bytes) {
      if (b == '/' || b == 0) {
        return true;
      }
    }
    return false;
  }

  private static void write(JsonWriter out, Node node) {
    out.raw('{');
    out.field("name").utf8(GoQuote.quote(node.name().bytes()));
    type(out, node);
    number(out, "mode", node.mode());
    time(out, "mtime", node.modified());
    time(out, "atime", node.accessed());
    time(out, "ctime", node.changed());
    out.field("uid").number(node.uid());
    out.field("gid").number(node.gid());
    text(out, "user", node.user());
    text(out, "group", node.group());
    number(out, "inode", node.inode());
    number(out, "device_id", node.deviceId());
    number(out, "size", node.size());
    number(out, "links", node.links());
    link(out, node.linkTarget());
    attributes(out, node);
    number(out, "device", node.device());
    content(out, node);
    BlobId subtree = node.subtree();
    if (subtree != null) {
      out.field("subtree").string(subtree.hex());
    }
    text(out, "error", node.error());
    unknown(out, node);
    out.raw('}');
  }

  private static void type(JsonWriter out, Node node) {
    if (node.type() == NodeType.OTHER) {
      out.field("type").raw(String.valueOf(node.unknown().get("type")));
    } else {
      out.field("type").string(node.type().word());
    }
  }

  /// Behind all that is known.
  private static void unknown(JsonWriter out, Node node) {
    if (!node.unknown().isEmpty()) {
      new TreeMap<>(node.unknown())
          .forEach((field, value) -> {
            if (!field.equals("type")) {
              out.raw(',').string(field).raw(':').raw(value);
            }
          });
    }
  }

  private static void number(JsonWriter out, String name, long value) {
    if (value != 0) {
      out.field(name).unsigned(value);
    }
  }

  private static void text(JsonWriter out, String name, String value) {
    if (!value.isEmpty()) {
      out.field(name).string(value);
    }
  }

  private static void time(JsonWriter out, String name, NodeTime time) {
    out.field(name).string(GoTime.format(time.seconds(), time.nanos(), time.offsetMinutes()));
  }

  private static void link(JsonWriter out, @Nullable FilePath target) {
    if (target == null || target.length() == 0) {
      return;
    }
    byte[] bytes = target.bytes();
    out.field("linktarget").utf8(bytes);
    if (!Utf8.valid(bytes)) {
      out.field("linktarget_raw").base64(bytes);
    }
  }

  private static void attributes(JsonWriter out, Node node) {
    if (!node.extendedAttributes().isEmpty()) {
      out.field("extended_attributes").raw('[');
      boolean first = true;
      for (ExtendedAttribute attribute : node.extendedAttributes()) {
        out.raw(first ? "{" : ",{");
        out.field("name").string(attribute.name());
        out.field("value").base64(attribute.value());
        out.raw('}');
        first = false;
      }
      out.raw(']');
    }
    if (!node.genericAttributes().isEmpty()) {
      out.field("generic_attributes").raw('{');
      String comma = "";
      for (Map.Entry<String, String> attribute :
          new TreeMap<>(node.genericAttributes()).entrySet()) {
        out.raw(comma).string(attribute.getKey()).raw(':').raw(attribute.getValue());
        comma = ",";
      }
      out.raw('}');
    }
  }

  private static void content(JsonWriter out, Node node) {
    out.field("content");
    if (!node.isFile()) {
      out.raw("null");
      return;
    }
    out.raw('[');
    boolean first = true;
    for (BlobId id : node.content()) {
      out.raw(first ? "\"" : ",\"").raw(id.hex()).raw('"');
      first = false;
    }
    out.raw(']');
  }

  /// What is unknown is kept: fields, and nodes of [another type][NodeType#OTHER].
  ///
  /// @param what the tree, for messages
  /// @throws DamagedException if it is no tree, or holds a name that no folder can hold
  public static List<Node> decode(byte[] bytes, String what) {
    return decode(bytes, bytes.length, what);
  }

  /// The same for the beginning of an array.
  public static List<Node> decode(byte[] bytes, int length, String what) {
    TreeScanner scanner = new TreeScanner(bytes, length, what);
    List<Node> nodes = new ArrayList<>();
    for (Node node = scanner.next(); node != null; node = scanner.next()) {
      nodes.add(node);
    }
    return nodes;
  }

  /// Whatever JSON it is.
  static List<Node> decodeAny(JsonReader in, String what) {
    List<Node> nodes = new ArrayList<>();
    in.object();
    while (in.more()) {
      if (!in.name().equals("nodes")) {
        in.skip();
      } else if (!in.isNull()) {
        in.list();
        while (in.more()) {
          nodes.add(new NodeReader(in, what).read());
        }
      }
    }
    in.end();
    return nodes;
  }

  static final class NodeReader {
    private final JsonReader in;
    private final String what;
    private FilePath name = FilePath.ROOT;
    private @Nullable NodeType type;
    private long mode;
    private NodeTime modified = NodeTime.EPOCH;
    private NodeTime accessed = NodeTime.EPOCH;
    private NodeTime changed = NodeTime.EPOCH;
    private long uid;
    private long gid;
    private String user = "";
    private String group = "";
    private long inode;
    private long deviceId;
    private long size;
    private long links;
    private @Nullable FilePath linkTarget;
    private List<ExtendedAttribute> extended = List.of();
    private Map<String, String> generic = Map.of();
    private long device;
    private List<BlobId> content = List.of();
    private @Nullable BlobId subtree;
    private String error = "";
    private Map<String, String> unknown = Map.of();

    NodeReader(JsonReader in, String what) {
      this.in = in;
      this.what = what;
    }

    Node read() {
      in.object();
      while (in.more()) {
        field(in.name());
      }
      if (type == null || badName(name)) {
        throw damaged("holds a node without a type, or with the name '" + name + "'");
      }
      return new Node(
          name,
          type,
          mode,
          modified,
          accessed,
          changed,
          uid,
          gid,
          user,
          group,
          inode,
          deviceId,
          size,
          links,
          linkTarget,
          extended,
          generic,
          device,
          content,
          subtree,
          error,
          Map.copyOf(unknown));
    }

    private void field(String field) {
      switch (field) {
        case "name" -> name = unquoted(in.string());
        case "type" -> type = type(in.raw());
        case "mode" -> mode = in.number();
        case "mtime" -> modified = time();
        case "atime" -> accessed = time();
        case "ctime" -> changed = time();
        case "uid" -> uid = in.number();
        case "gid" -> gid = in.number();
        case "user" -> user = in.string();
        case "group" -> group = in.string();
        case "inode" -> inode = in.number();
        case "device_id" -> deviceId = in.number();
        case "size" -> size = in.number();
        case "links" -> links = in.number();
        case "linktarget" -> {
          FilePath target = FilePath.of(in.string());
          linkTarget = linkTarget == null ? target : linkTarget;
        }
        case "linktarget_raw" -> linkTarget = FilePath.ofBytes(base64());
        case "extended_attributes" -> extended = extended();
        case "generic_attributes" -> generic = generic();
        case "device" -> device = in.number();
        case "content" -> content = content();
        case "subtree" -> subtree = in.isNull() ? null : id();
        case "error" -> error = in.string();
        default -> keep(field, in.raw());
      }
    }

    private void keep(String field, String value) {
      unknown = unknown.isEmpty() ? new TreeMap<>() : unknown;
      unknown.put(field, value);
    }

    private FilePath unquoted(String quoted) {
      byte[] bytes = GoQuote.unquote(quoted);
      if (bytes == null) {
        throw damaged("holds the badly quoted name '" + quoted + "'");
      }
      return FilePath.ofBytes(bytes);
    }

    private NodeType type(String raw) {
      if (!raw.startsWith("\"")) {
        throw damaged("holds a node whose type is " + raw);
      }
      byte[] text = raw.getBytes(StandardCharsets.UTF_8);
      NodeType known = TYPES.get(new JsonReader(text, what).string());
      if (known == null) {
        keep("type", raw);
      }
      return known == null ? NodeType.OTHER : known;
    }

    private NodeTime time() {
      String text = in.string();
      try {
        return GoTime.parse(text, NodeTime::new);
      } catch (IllegalArgumentException e) {
        throw damaged("holds the bad time '" + text + "'");
      }
    }

    private BlobId id() {
      String hex = in.string();
      try {
        return BlobId.parse(hex);
      } catch (IllegalArgumentException e) {
        throw damaged("holds the bad id '" + hex + "'");
      }
    }

    private byte[] base64() {
      String text = in.string();
      try {
        return Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IllegalArgumentException e) {
        throw damaged("holds bad base64");
      }
    }

    private List<BlobId> content() {
      if (in.isNull()) {
        return List.of();
      }
      List<BlobId> ids = new ArrayList<>();
      in.list();
      while (in.more()) {
        ids.add(id());
      }
      return List.copyOf(ids);
    }

    private List<ExtendedAttribute> extended() {
      List<ExtendedAttribute> attributes = new ArrayList<>();
      if (in.isNull()) {
        return attributes;
      }
      in.list();
      while (in.more()) {
        attributes.add(attribute());
      }
      return List.copyOf(attributes);
    }

    private ExtendedAttribute attribute() {
      String key = "";
      byte[] value = {};
      in.object();
      while (in.more()) {
        switch (in.name()) {
          case "name" -> key = in.string();
          case "value" -> value = in.isNull() ? value : base64();
          default -> in.skip();
        }
      }
      return new ExtendedAttribute(key, value);
    }

    private Map<String, String> generic() {
      if (in.isNull()) {
        return Map.of();
      }
      Map<String, String> attributes = new TreeMap<>();
      in.object();
      while (in.more()) {
        attributes.put(in.name(), in.raw());
      }
      return Map.copyOf(attributes);
    }

    private DamagedException damaged(String how) {
      return new DamagedException(
          "repository.tree-damaged",
          what + " " + how,
          "run 'repo check'; other snapshots are not affected");
    }
  }
}
