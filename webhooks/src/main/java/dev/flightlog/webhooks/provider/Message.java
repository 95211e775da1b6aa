package dev.flightlog.webhooks.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery says, in words that are the same for all providers.
 *
 * @param subject what it is about, such as {@code issue_comment:42}: two deliveries about the same
 *     subject are one request; null when each is one of its own
 * @param lines where commands are looked for
 * @param label the label that was put on, when that is what happened; else null
 * @param text what was written, as a person reads it
 * @param metadata what the provider told about the place, for {@code source_metadata}
 * @param ignored why no command is looked for; null when one is
 */
public record Message(
    @Nullable String subject,
    List<String> lines,
    @Nullable String label,
    String text,
    Speaker speaker,
    Map<String, @Nullable Object> metadata,
    @Nullable String ignored) {
  private static final int LONGEST = 256 * 1024;
  static final Speaker NOBODY = new Speaker("", null, false);

  public Message {
    lines = List.copyOf(lines);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST) + "\n[cut: " + (text.length() - LONGEST) + " characters]";
    }
  }

  /** One in which no command is looked for. */
  public static Message ignored(String reason, Map<String, @Nullable Object> metadata) {
    return new Message(null, List.of(), null, "", NOBODY, metadata, reason);
  }
}
