package dev.flightlog.benchmarks.understanding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A labelled log of the Who&amp;When set.
 *
 * @param name {@code Algorithm-Generated__1.json}, however it is kept
 * @param session as the importer names it
 * @param steps how long the history is
 */
record FailureLabel(String name, String session, String agent, long step, int steps) {

  /** All labelled logs below this folder, by name. */
  static List<FailureLabel> in(Path folder) throws IOException {
    List<FailureLabel> labels = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        JsonNode log = new ObjectMapper().readTree(bytes);
        if (log.has("mistake_step")) {
          String session = log.path("question_ID").asText() + "-" + hex(bytes).substring(0, 8);
          labels.add(
              new FailureLabel(
                  name(file),
                  session,
                  log.path("mistake_agent").asText(),
                  log.path("mistake_step").asLong(),
                  log.path("history").size()));
        }
      }
    }
    return labels;
  }

  private static String name(Path file) {
    String own = String.valueOf(file.getFileName());
    Path parent = file.toAbsolutePath().getParent();
    return own.contains("__") || parent == null ? own : parent.getFileName() + "__" + own;
  }

  /** Rules and weights were set on one half only: which, the name decides. */
  boolean isDevelopment() {
    byte last = HexFormat.of().parseHex(hex(name.getBytes(StandardCharsets.UTF_8)))[31];
    return (last & 1) == 0;
  }

  /** Agents are named alike but for case. */
  boolean isAgent(String other) {
    return agent.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  private static String hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
