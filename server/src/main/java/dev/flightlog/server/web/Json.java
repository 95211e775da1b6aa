package dev.flightlog.server.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads JSON that strangers sent. Stateless. */
public final class Json {
  /** How deep objects and lists may be nested. */
  public static final int MAX_DEPTH = 64;

  /** How many values a body may hold. */
  public static final int MAX_VALUES = 128 * 1024;

  private static final int MAX_NUMBER = 64;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .maxNameLength(16 * 1024)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /**
   * Exactly one JSON value in UTF-8.
   *
   * @throws ProblemException 400, saying where it is wrong; 413 when it has more than {@link
   *     #MAX_VALUES} values
   */
  public static JsonNode parse(byte[] utf8) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw Problem.badRequest("the body is not UTF-8").exception();
    }
    if (JsonValues.exceed(MAX_VALUES, utf8, 0, utf8.length)) {
      throw Problem.of(413, "a body has at most " + MAX_VALUES + " JSON values here").exception();
    }
    try {
      JsonNode node = MAPPER.readTree(utf8);
      if (node == null || node.isMissingNode()) {
        throw Problem.badRequest("the body is empty; it must be JSON").exception();
      }
      return node;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : ", line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw Problem.badRequest("the body is not JSON" + where + ": " + e.getOriginalMessage())
          .exception();
    } catch (IOException e) {
      throw Problem.badRequest("the body is not JSON: " + e.getMessage()).exception();
    }
  }
}
