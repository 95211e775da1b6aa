package dev.flightlog.analysis;

import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.LinkedHashMap;
import java.util.List;
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

  private static final int LONGEST_COMMAND = 240;

  /** A sentence for the answer, in the words of whoever reads it. */
  public String sentence(Reader reader) {
    return "Not yet in this answer: what may be new in "
        + SafeText.of(source)
        + " ("
        + reason
        + "); "
        + (reader.isCommandLine() && command != null
            ? "take it in: " + reader.hint(command)
            : "ask again, it goes on from there");
  }

  /** One sentence for all of these. */
  static String sentence(List<Pending> all, Reader reader) {
    if (all.size() == 1) {
      return all.getFirst().sentence(reader);
    }
    StringBuilder command = new StringBuilder();
    for (Pending each : all) {
      String own = String.valueOf(each.command);
      command.append(command.isEmpty() ? own : own.replaceFirst("flightlog import", ""));
    }
    boolean typed = all.stream().allMatch(each -> each.command() != null);
    return new Pending(
            Units.count(all.size(), "source"),
            all.getFirst().reason(),
            typed && command.length() <= LONGEST_COMMAND ? command.toString() : null)
        .sentence(reader);
  }

  /** As programs get it. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("source", source);
    values.put("reason", reason);
    return values;
  }
}
