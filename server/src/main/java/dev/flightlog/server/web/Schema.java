package dev.flightlog.server.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON Schema (draft 2020-12, as in OpenAPI 3.1), for documents; the server validates nothing by
 * it. Immutable.
 *
 * @param json the schema: maps, lists, texts, numbers, booleans
 */
public record Schema(Map<String, Object> json) {
  /** Anything at all. */
  public static final Schema ANY = new Schema(Map.of());

  public Schema {
    json = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(json));
  }

  public static Schema text() {
    return ANY.put("type", "string");
  }

  /** A text out of these. */
  public static Schema oneOf(List<String> texts) {
    return text().put("enum", List.copyOf(texts));
  }

  /** An RFC 3339 time. */
  public static Schema time() {
    return text().put("format", "date-time");
  }

  public static Schema integer() {
    return ANY.put("type", "integer");
  }

  public static Schema number() {
    return ANY.put("type", "number");
  }

  public static Schema bool() {
    return ANY.put("type", "boolean");
  }

  public static Schema listOf(Schema items) {
    return ANY.put("type", "array").put("items", items.json);
  }

  /** An object, with what {@link #property} adds. */
  public static Schema object() {
    return ANY.put("type", "object");
  }

  /** A schema of the document's components. */
  public static Schema ref(String name) {
    return ANY.put("$ref", "#/components/schemas/" + name);
  }

  /** The same with a property that may be absent. */
  public Schema property(String name, Schema schema) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (json.get("properties") instanceof Map<?, ?> known) {
      known.forEach((key, value) -> properties.put(String.valueOf(key), value));
    }
    properties.put(name, schema.json);
    return put("properties", properties);
  }

  /** The same with a property that is always there. */
  public Schema always(String name, Schema schema) {
    List<Object> required = new ArrayList<>();
    if (json.get("required") instanceof List<?> known) {
      required.addAll(known);
    }
    required.add(name);
    return property(name, schema).put("required", required);
  }

  /** The same or null. */
  public Schema orNull() {
    Object type = json.get("type");
    return type instanceof String one ? put("type", List.of(one, "null")) : this;
  }

  /** Numbers from the one to the other. */
  public Schema between(long least, long most) {
    return put("minimum", least).put("maximum", most);
  }

  public Schema pattern(String regex) {
    return put("pattern", regex);
  }

  public Schema byDefault(Object value) {
    return put("default", value);
  }

  public Schema example(Object... values) {
    return put("examples", Arrays.asList(values));
  }

  public Schema meaning(String text) {
    return put("description", text);
  }

  private Schema put(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(json);
    more.put(key, value);
    return new Schema(more);
  }
}
