package dev.flightlog.webhooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.webhooks.provider.RefusedException;
import dev.flightlog.webhooks.signature.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Turns the body of a request that was found right into one JSON object. */
final class BodyForm {
  private static final int DEEPEST = 100;
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private BodyForm() {}

  /** The JSON in the body, or in the field {@code payload} of a form. */
  static byte[] json(Headers headers, byte[] body) throws RefusedException {
    if (!headers.all("Content-Encoding").isEmpty()
        && !List.of("identity").equals(headers.all("Content-Encoding"))) {
      throw RefusedException.unknownForm(
          "send the body as it was signed, without Content-Encoding");
    }
    String type = headers.single("Content-Type").orElse("");
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (media) {
      case "application/json" -> body;
      case "application/x-www-form-urlencoded" -> payload(body);
      default ->
          throw RefusedException.unknownForm(
              "send application/json, or a form with a field \"payload\"");
    };
  }

  private static byte[] payload(byte[] form) throws RefusedException {
    String text = new String(form, StandardCharsets.UTF_8);
    List<String> fields = Arrays.asList(text.split("&"));
    List<String> found = fields.stream().filter(each -> each.startsWith("payload=")).toList();
    if (found.size() != 1) {
      boolean slash = fields.stream().anyMatch(each -> each.startsWith("command=%2F"));
      throw RefusedException.malformed(
          slash
              ? "a slash command: its request URL is /slack/commands"
              : "the form has not exactly one field \"payload\"");
    }
    try {
      return URLDecoder.decode(
              found.getFirst().substring("payload=".length()), StandardCharsets.UTF_8)
          .getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RefusedException.malformed("the field \"payload\" is not encoded as a form");
    }
  }

  /** Parses what a provider sent. */
  static JsonNode parse(byte[] json) throws RefusedException {
    try {
      JsonNode node = JSON.readTree(json);
      if (node.isObject()) {
        return node;
      }
      throw RefusedException.malformed("the body is no JSON object");
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
      throw RefusedException.malformed(
          "the body is no JSON" + (at > 0 ? ", from byte " + at + " on" : ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parses what was kept. */
  static JsonNode kept(byte[] json) throws IOException {
    return JSON.readTree(json);
  }
}
