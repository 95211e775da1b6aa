package dev.flightlog.benchmarks.generated;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Journals as agents at work would leave them over 90 days: five stories, eight agents, twelve
 * tools, four models, one call in twenty failed, sessions of about 200 events. The same for the
 * same count.
 */
public final class Journals {
  public static final int STORIES = 5;
  public static final int DAYS = 90;
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private Journals() {}

  /** The folder with so many events; made when it is not there yet. */
  public static Path of(int events, Path work) throws IOException {
    return of(work.resolve("journals-" + events), events, STORIES, FIRST);
  }

  /**
   * The same of more stories, and so in more files, of which the last are of this day: those of
   * today end now.
   */
  public static Path of(int events, int stories, LocalDate last, Path work) throws IOException {
    Path folder = work.resolve("journals-" + events + "-" + stories + "-until-" + last);
    return of(folder, events, stories, last.minusDays(DAYS - 1));
  }

  private static Path of(Path folder, int events, int stories, LocalDate first) throws IOException {
    Path ready = folder.resolve("ready");
    if (Files.exists(ready)) {
      return folder;
    }
    Files.createDirectories(folder);
    int files = stories * DAYS;
    int written = 0;
    for (int i = 0; i < files; i++) {
      int story = i % stories;
      LocalDate day = first.plusDays(i / stories);
      int count = (int) ((long) events * (i + 1) / files) - written;
      String name = "story_1." + story + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(folder.resolve(name + ".jsonl")), 1 << 20)) {
        write(story, day, count, 1000L * i, out);
      }
      written += count;
    }
    Files.createFile(ready);
    return folder;
  }

  private static void write(int story, LocalDate day, int count, long seed, OutputStream out)
      throws IOException {
    JournalLines lines = new JournalLines(story, day, seed);
    long start = day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli() * 1000;
    long length = Math.clamp(System.currentTimeMillis() * 1000 - start, 0, 86_400_000_000L);
    long step = count == 0 ? 0 : length / count;
    for (int i = 0; i < count; i++) {
      out.write(lines.next(start + i * step).getBytes(StandardCharsets.UTF_8));
    }
  }
}
