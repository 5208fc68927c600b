package dev.backstay.cluster.yaml;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads the first document of a YAML text into a JSON tree, with the scalars of YAML 1.1 as
/// kubectl's parser has them. Deeper than 100 levels, or larger than a million nodes once aliases
/// are followed, is refused.
public final class YamlTree {

  private static final int DEEPEST = 100;
  private static final long MOST_NODES = 1_000_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Iterator<Event> events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private long nodes;

  private record Anchored(JsonNode node, long weight) {}

  private YamlTree(Iterator<Event> events) {
    this.events = events;
  }

  /// @param text at most a few MiB: the caller caps it
  /// @return null for an empty document
  /// @throws YamlException with line and column, and without any of the content
  public static @Nullable JsonNode read(String text) throws YamlException {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    try {
      return new YamlTree(new ParserImpl(settings, new StreamReader(settings, text))).document();
    } catch (MarkedYamlEngineException e) {
      throw new YamlException(describe(e));
    } catch (YamlEngineException e) {
      throw new YamlException("it holds characters that YAML does not allow");
    }
  }

  /// The parser's own message may quote the line, and the line may be a token.
  private static String describe(MarkedYamlEngineException e) {
    return e.getProblemMark()
        .map(m -> "line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1))
        .map(where -> "the YAML is broken at " + where)
        .orElse("the YAML is broken");
  }

  private @Nullable JsonNode document() throws YamlException {
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        return node(events.next(), 0);
      }
    }
    return null;
  }

  private JsonNode node(Event event, int depth) throws YamlException {
    if (depth > DEEPEST) {
      throw new YamlException("it is nested more than " + DEEPEST + " levels deep");
    }
    long before = nodes;
    count(1);
    JsonNode node =
        switch (event) {
          case AliasEvent alias -> alias(alias);
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent ignored -> sequence(depth);
          case MappingStartEvent ignored -> mapping(depth);
          default -> throw new YamlException("the YAML is broken");
        };
    if (event instanceof NodeEvent anchored && !(event instanceof AliasEvent)) {
      anchored
          .getAnchor()
          .ifPresent(a -> anchors.put(a.getValue(), new Anchored(node, nodes - before)));
    }
    return node;
  }

  private void count(long more) throws YamlException {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw new YamlException("it has more than a million nodes once its aliases are followed");
    }
  }

  private JsonNode alias(AliasEvent event) throws YamlException {
    Anchored target = anchors.get(event.getAlias().getValue());
    if (target == null) {
      throw new YamlException("it has an alias without an anchor, or one inside its own anchor");
    }
    count(target.weight());
    return target.node();
  }

  private static JsonNode scalar(ScalarEvent event) {
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN && event.getTag().isEmpty();
    return plain ? PlainScalar.resolve(event.getValue()) : NODES.stringNode(event.getValue());
  }

  private JsonNode sequence(int depth) throws YamlException {
    ArrayNode array = NODES.arrayNode();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      array.add(node(e, depth + 1));
    }
    return array;
  }

  private JsonNode mapping(int depth) throws YamlException {
    ObjectNode object = NODES.objectNode();
    List<JsonNode> merged = new java.util.ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      if (!(e instanceof ScalarEvent key)) {
        throw new YamlException("it has a key that is not a plain text");
      }
      JsonNode value = node(events.next(), depth + 1);
      if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
        merged.add(value);
      } else {
        object.set(key.getValue(), value);
      }
    }
    merged.forEach(m -> merge(object, m));
    return object;
  }

  private static void merge(ObjectNode into, JsonNode from) {
    if (from instanceof ArrayNode several) {
      several.forEach(one -> merge(into, one));
    } else if (from instanceof ObjectNode one) {
      one.properties().stream()
          .filter(p -> !into.has(p.getKey()))
          .forEach(p -> into.set(p.getKey(), p.getValue()));
    }
  }
}
