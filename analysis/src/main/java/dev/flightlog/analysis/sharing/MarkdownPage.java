package dev.flightlog.analysis.sharing;

import dev.flightlog.analysis.arguments.Dates;
import java.util.Map;

/**
 * A session as Markdown. What comes from logs stands in fenced blocks, whose fence is longer than
 * any in them, or in code spans: it is never markup. Stateless.
 */
public final class MarkdownPage {
  private MarkdownPage() {}

  /** The whole file. */
  public static String of(SharedSession session, Dates dates) {
    StringBuilder out = new StringBuilder(64 << 10);
    out.append("# Session ");
    span(session.id, out);
    out.append("\n\n");
    for (Map.Entry<String, String> figure : Figures.of(session, dates).entrySet()) {
      out.append("- ").append(figure.getKey()).append(": ");
      span(figure.getValue(), out);
      out.append('\n');
    }
    for (Entry entry : session.entries) {
      out.append("\n## ");
      span(entry.agent().isEmpty() ? entry.title() : entry.agent() + ": " + entry.title(), out);
      out.append(" (").append(dates.second(entry.micros())).append(")\n");
      for (Entry.Passage passage : entry.passages()) {
        out.append('\n').append(passage.label().isEmpty() ? "" : passage.label() + "\n\n");
        block(passage.text(), out);
      }
    }
    return out.toString();
  }

  private static void block(String text, StringBuilder out) {
    String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    out.append(fence).append("text\n").append(text);
    out.append(text.endsWith("\n") ? "" : "\n").append(fence).append('\n');
  }

  private static void span(String text, StringBuilder out) {
    String line = text.replace('\n', ' ');
    String fence = "`".repeat(longestRun(line) + 1);
    boolean touches = line.startsWith("`") || line.endsWith("`") || line.isBlank();
    out.append(fence).append(touches ? " " : "").append(line);
    out.append(touches ? " " : "").append(fence);
  }

  /** The length of the longest run of backticks. */
  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
