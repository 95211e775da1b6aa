package dev.flightlog.webhooks.provider;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.webhooks.command.Markdown;
import dev.flightlog.webhooks.signature.Headers;
import dev.flightlog.webhooks.signature.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider that the settings describe: where its id, event and text stand. */
public final class ConfiguredProvider extends Provider {
  private final Places places;

  public ConfiguredProvider(
      String name, Signature signature, ProviderCommands commands, Places places) {
    super(name, signature, commands);
    this.places = places;
  }

  /**
   * Where things stand (JSON pointers, RFC 6901).
   *
   * @param idHeader the header with the id; null when it stands in the body
   * @param id null when there is none: then the body's hash tells deliveries apart
   * @param eventHeader the header with the event's name; null when it stands in the body
   * @param event null when all requests are the same event
   * @param author null when the payload names none
   */
  public record Places(
      @Nullable String idHeader,
      @Nullable JsonPointer id,
      @Nullable String eventHeader,
      @Nullable JsonPointer event,
      JsonPointer text,
      @Nullable JsonPointer author) {}

  @Override
  public Identity identify(Headers headers, JsonNode body, String bodyHash)
      throws RefusedException {
    String id =
        places.idHeader() == null && places.id() == null
            ? Identity.ofBody(bodyHash)
            : Identity.id(
                found(headers, places.idHeader(), body, places.id()),
                where(places.idHeader(), places.id()));
    String event =
        places.eventHeader() == null && places.event() == null
            ? "event"
            : Identity.event(
                found(headers, places.eventHeader(), body, places.event()),
                where(places.eventHeader(), places.event()));
    return new Identity(id, event);
  }

  private static Optional<String> found(
      Headers headers, @Nullable String header, JsonNode body, @Nullable JsonPointer pointer) {
    if (header != null) {
      return headers.single(header);
    }
    JsonNode value = pointer == null ? body : body.at(pointer);
    return value.isTextual() || value.isIntegralNumber()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  private static String where(@Nullable String header, @Nullable JsonPointer pointer) {
    return header != null ? "the header " + header : "the body at " + pointer;
  }

  @Override
  public Message read(String event, JsonNode body) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    JsonNode text = body.at(places.text());
    JsonPointer at = places.author();
    JsonNode named = at == null ? null : body.at(at);
    String author =
        named != null && (named.isTextual() || named.isIntegralNumber()) ? named.asText() : "";
    if (!author.isEmpty()) {
      metadata.put("author", author);
    }
    if (!text.isTextual()) {
      return new Message.Ignored("no text at " + places.text(), metadata);
    }
    boolean bot = author.equalsIgnoreCase(commands().bot()) || commands().botIds().contains(author);
    if (bot) {
      return new Message.Ignored("written by a bot", metadata);
    }
    return new Message.Written(
        Optional.empty(),
        Markdown.said(text.textValue()),
        text.textValue(),
        Speaker.named(author),
        metadata);
  }

  @Override
  public String toString() {
    return "ConfiguredProvider[" + name() + ", " + List.of(signature()) + "]";
  }
}
