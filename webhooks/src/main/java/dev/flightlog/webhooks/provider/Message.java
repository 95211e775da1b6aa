package dev.flightlog.webhooks.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a delivery says, in words that are the same for all providers. */
public sealed interface Message {
  /** Characters of a text that are handed to an agent. */
  int LONGEST = 256 * 1024;

  /** What the provider told about the place, for {@code source_metadata}. */
  Map<String, @Nullable Object> metadata();

  /** It holds no command, whatever it says. */
  record Ignored(String reason, Map<String, @Nullable Object> metadata) implements Message {
    public Ignored(String reason, Map<String, @Nullable Object> metadata) {
      this.reason = reason;
      this.metadata = copy(metadata);
    }
  }

  /** Somebody asks for something, perhaps. */
  sealed interface Request extends Message {
    /**
     * What it is about, such as {@code issue_comment:42}: two deliveries about the same subject are
     * one request; nothing when each is one of its own.
     */
    Optional<String> subject();

    Speaker speaker();

    /** What was written, as a person reads it. */
    String text();
  }

  /**
   * Somebody wrote a text.
   *
   * @param lines where commands are looked for
   */
  record Written(
      Optional<String> subject,
      List<String> lines,
      String text,
      Speaker speaker,
      Map<String, @Nullable Object> metadata)
      implements Request {
    public Written(
        Optional<String> subject,
        List<String> lines,
        String text,
        Speaker speaker,
        Map<String, @Nullable Object> metadata) {
      this.subject = subject;
      this.lines = List.copyOf(lines);
      this.text = cut(text);
      this.speaker = speaker;
      this.metadata = copy(metadata);
    }
  }

  /** Somebody put a label on. */
  record Labeled(
      Optional<String> subject,
      String label,
      String text,
      Speaker speaker,
      Map<String, @Nullable Object> metadata)
      implements Request {
    public Labeled(
        Optional<String> subject,
        String label,
        String text,
        Speaker speaker,
        Map<String, @Nullable Object> metadata) {
      this.subject = subject;
      this.label = label;
      this.text = cut(text);
      this.speaker = speaker;
      this.metadata = copy(metadata);
    }
  }

  private static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> metadata) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "\n[cut: " + (text.length() - end) + " characters]";
  }
}
