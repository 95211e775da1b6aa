package dev.flightlog.recorder;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.recorder.journal.Recovery;
import java.nio.file.Path;
import java.util.List;

/** The names of journal files, and what a process that was killed has left behind. */
public final class Journals {
  private static final int LONGEST_STORY = 120;

  private Journals() {}

  /**
   * What a recovery did.
   *
   * @param rings ring files of processes that had gone
   * @param events events that came from them into the journals
   * @param problems what could not be recovered, where, and why; empty when all is well
   */
  public record Recovered(int rings, int events, List<String> problems) {}

  /**
   * The file of a story and a time's day in UTC, {@code story_<story>_<yyyyMMdd>.jsonl}. What is
   * not of {@code A-Z a-z 0-9 . _ -} becomes {@code -}, and then, or when the story is longer than
   * 120 characters, its name ends in {@code -} and 8 hex digits of the SHA-256 of the whole.
   *
   * @param micros microseconds since 1970
   */
  public static String fileName(String story, long micros) {
    return "story_" + safe(story) + "_" + Timestamps.day(micros) + ".jsonl";
  }

  private static String safe(String story) {
    StringBuilder safe = new StringBuilder(story.length());
    boolean same = story.length() <= LONGEST_STORY;
    for (int i = 0; i < Math.min(story.length(), LONGEST_STORY); i++) {
      char c = story.charAt(i);
      boolean stays =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-';
      safe.append(stays ? c : '-');
      same &= stays;
    }
    return same ? story : safe.append('-').append(hash(story)).toString();
  }

  private static String hash(String story) {
    return Sha256.hex(story).substring(0, 8);
  }

  /**
   * Brings the events that killed processes left in their rings into the journals, each once. Every
   * recorder does this when it is opened; readers of journals call it before they read. Blocks for
   * file access; leaves rings of living processes alone; may run in several processes at once;
   * never throws for what it finds.
   */
  public static Recovered recover(Path basePath) {
    Recovery recovery = Recovery.of(basePath);
    return new Recovered(recovery.rings(), recovery.events(), recovery.problems());
  }
}
