package dev.flightlog.revision.report;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A report as Markdown of at most two screens: the rest stands in the JSON beside it. */
public final class ReportPage {
  private static final int MOST = 9;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  private ReportPage() {}

  public static String of(RevisionReport report) {
    LocalDate monday = report.week().monday();
    StringBuilder out = new StringBuilder("# Week ").append(report.week()).append(", ");
    out.append(DAY.format(monday)).append(" to ").append(DAY.format(monday.plusDays(6)));
    out.append("\n");
    section(
        out,
        "What changed",
        lines(report, Findings::changed),
        "Nothing that was not there before.");
    section(
        out,
        "What got better",
        lines(report, Findings::better),
        "Nothing that is more than chance.");
    section(out, "What got worse", lines(report, Findings::worse), "");
    section(out, "What to decide now", lines(report, Findings::decide), "Nothing.");
    out.append("\n---\n");
    List<String> times = new ArrayList<>();
    report
        .phases()
        .forEach((phase, done) -> times.add(phase.wireName() + " " + done.millis() + " ms"));
    return out.append(String.join(", ", times)).append('\n').toString();
  }

  private static List<String> lines(RevisionReport report, Function<Findings, List<String>> part) {
    List<String> lines = new ArrayList<>();
    report.phases().values().forEach(done -> lines.addAll(part.apply(done.findings())));
    return lines;
  }

  private static void section(StringBuilder out, String title, List<String> lines, String none) {
    if (lines.isEmpty() && none.isEmpty()) {
      return;
    }
    out.append("\n## ").append(title).append("\n\n");
    if (lines.isEmpty()) {
      out.append(none).append('\n');
    }
    for (String line : lines.subList(0, Math.min(MOST, lines.size()))) {
      out.append("- ").append(line).append('\n');
    }
    if (lines.size() > MOST) {
      out.append("- ").append(lines.size() - MOST).append(" more in the JSON beside this page\n");
    }
  }
}
