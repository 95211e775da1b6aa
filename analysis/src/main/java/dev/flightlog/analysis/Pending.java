package dev.flightlog.analysis;

import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.wording.SafeText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not in an answer yet.
 *
 * @param source where it comes from: the path of a source, or other words for it
 * @param reason why it was not taken in
 * @param command what takes it in on the command line; null when it is enough to ask again
 */
public record Pending(String source, String reason, @Nullable String command) {

  /** A sentence for the answer, in the words of whoever reads it. */
  public String sentence(Reader reader) {
    return "Not yet in this answer: what is new in "
        + SafeText.of(source)
        + " ("
        + reason
        + "); "
        + (reader == Reader.COMMAND_LINE && command != null
            ? "take it in: " + command
            : "ask again, it goes on from there");
  }

  /** As programs get it. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("source", source);
    values.put("reason", reason);
    return values;
  }
}
