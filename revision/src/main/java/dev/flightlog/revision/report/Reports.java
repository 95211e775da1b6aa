package dev.flightlog.revision.report;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.files.RegularFile;
import dev.flightlog.lifecycle.archive.Week;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The reports of a home, {@code revisions/2025-W38.json} and {@code .md}, each replaced as a whole.
 * Stateless; blocks.
 */
public final class Reports {
  private final Path folder;

  public Reports(Path folder) {
    this.folder = folder;
  }

  /** The page of a week, whether it is there or not. */
  public Path page(Week week) {
    return folder.resolve(week + ".md");
  }

  private Path file(Week week) {
    return folder.resolve(week + ".json");
  }

  /** What is known of a week; empty when nothing was begun, or it cannot be read any more. */
  public Optional<RevisionReport> find(Week week) throws IOException {
    return Files.exists(file(week))
        ? RevisionReport.read(RegularFile.read(file(week)))
        : Optional.empty();
  }

  /** Keeps what is known by now. */
  public void keep(RevisionReport report) throws IOException {
    OwnerOnly.createFolder(folder);
    if (report.isComplete()) {
      AtomicFile.write(page(report.week()), ReportPage.of(report).getBytes(StandardCharsets.UTF_8));
    }
    AtomicFile.write(file(report.week()), report.bytes());
  }

  /** The weeks that are complete, oldest first. */
  public TreeSet<Week> complete() throws IOException {
    TreeSet<Week> weeks = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      return weeks;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path each : files) {
        String name = String.valueOf(each.getFileName());
        Optional<Week> week = Week.parse(name.substring(0, name.length() - 5));
        if (week.isPresent() && find(week.get()).filter(RevisionReport::isComplete).isPresent()) {
          weeks.add(week.get());
        }
      }
    }
    return weeks;
  }
}
