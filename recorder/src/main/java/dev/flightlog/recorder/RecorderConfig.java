package dev.flightlog.recorder;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to record. Start with {@link #at} or {@link #fromEnvironment} and change what differs.
 *
 * @param basePath the folder of the journals
 * @param home the folder of the redaction key
 * @param story the story of events that name none
 * @param session the session of events that name none; null for {@code
 *     story_<story>_<yyyyMMdd>_<HHmmss>} with the time at which the recorder was opened
 * @param durability what {@code log} waits for
 * @param content how much of the texts in details is kept
 * @param ring bytes of the ring file, a power of two from 64 KiB to 1 GiB; 0 for none, which suits
 *     processes that record a few events and end
 * @param maxWait the longest that {@code log} waits for room, or for a durability below {@link
 *     Durability#SYNCED}
 * @param syncWait the longest that {@code log} waits for {@link Durability#SYNCED}, and {@code
 *     flush} and {@code close} for the disk
 * @param syncEvery how often journals are forced to the disk while events come
 * @param clock the time of events
 */
public record RecorderConfig(
    Path basePath,
    Path home,
    String story,
    @Nullable String session,
    Durability durability,
    Content content,
    int ring,
    Duration maxWait,
    Duration syncWait,
    Duration syncEvery,
    InstantSource clock) {
  /** The story when there is none. */
  public static final String DEFAULT_STORY = "default";

  private static final int SMALLEST_RING = 64 * 1024;
  private static final int LARGEST_RING = 1 << 30;

  /**
   * @throws IllegalArgumentException when a value is out of its range; the message names it
   */
  public RecorderConfig {
    Objects.requireNonNull(basePath, "basePath");
    Objects.requireNonNull(home, "home");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(story, "story");
    Objects.requireNonNull(durability, "durability");
    Objects.requireNonNull(content, "content");
    if (story.isBlank()) {
      throw new IllegalArgumentException("the story is blank; name one, or \"default\"");
    }
    if (durability == Durability.DROPPED) {
      throw new IllegalArgumentException("durability is ACCEPTED, WRITTEN or SYNCED, not DROPPED");
    }
    if (ring != 0 && (ring < SMALLEST_RING || ring > LARGEST_RING || Integer.bitCount(ring) != 1)) {
      throw new IllegalArgumentException(
          "ring is 0 or a power of two from 65536 to 1073741824 bytes, not " + ring);
    }
    notNegative(maxWait, "maxWait");
    notNegative(syncWait, "syncWait");
    notNegative(syncEvery, "syncEvery");
  }

  private static void notNegative(Duration duration, String name) {
    if (Objects.requireNonNull(duration, name).isNegative()) {
      throw new IllegalArgumentException(name + " is negative: " + duration);
    }
  }

  /** Defaults, with journals and key in this folder. */
  public static RecorderConfig at(Path basePath) {
    return new RecorderConfig(
        basePath,
        basePath,
        DEFAULT_STORY,
        null,
        Durability.WRITTEN,
        Content.FULL,
        4 << 20,
        Duration.ofMillis(250),
        Duration.ofSeconds(5),
        Duration.ofMillis(500),
        InstantSource.system());
  }

  /**
   * Defaults, in the home that {@code FLIGHTLOG_HOME} names, else {@code ~/.flightlog}, with {@code
   * logging.base_path}, {@code logging.current_story} and {@code capture.content} from the
   * environment ({@code FLIGHTLOG_LOGGING_BASE_PATH}, …) or else from the home's {@code
   * config.json}. Reads that file; a setting that cannot be read counts as absent.
   */
  public static RecorderConfig fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /** As {@link #fromEnvironment()}, from this environment instead of the process's own. */
  public static RecorderConfig fromEnvironment(Map<String, String> environment) {
    return Settings.read(environment);
  }

  public RecorderConfig home(Path path) {
    return new RecorderConfig(
        basePath,
        path,
        story,
        session,
        durability,
        content,
        ring,
        maxWait,
        syncWait,
        syncEvery,
        clock);
  }

  public RecorderConfig story(String name) {
    return new RecorderConfig(
        basePath,
        home,
        name,
        session,
        durability,
        content,
        ring,
        maxWait,
        syncWait,
        syncEvery,
        clock);
  }

  public RecorderConfig session(@Nullable String id) {
    return new RecorderConfig(
        basePath, home, story, id, durability, content, ring, maxWait, syncWait, syncEvery, clock);
  }

  public RecorderConfig durability(Durability wanted) {
    return new RecorderConfig(
        basePath, home, story, session, wanted, content, ring, maxWait, syncWait, syncEvery, clock);
  }

  public RecorderConfig content(Content kept) {
    return new RecorderConfig(
        basePath,
        home,
        story,
        session,
        durability,
        kept,
        ring,
        maxWait,
        syncWait,
        syncEvery,
        clock);
  }

  public RecorderConfig ring(int bytes) {
    return new RecorderConfig(
        basePath,
        home,
        story,
        session,
        durability,
        content,
        bytes,
        maxWait,
        syncWait,
        syncEvery,
        clock);
  }

  public RecorderConfig maxWait(Duration most) {
    return new RecorderConfig(
        basePath,
        home,
        story,
        session,
        durability,
        content,
        ring,
        most,
        syncWait,
        syncEvery,
        clock);
  }

  public RecorderConfig syncWait(Duration most) {
    return new RecorderConfig(
        basePath, home, story, session, durability, content, ring, maxWait, most, syncEvery, clock);
  }

  public RecorderConfig syncEvery(Duration interval) {
    return new RecorderConfig(
        basePath,
        home,
        story,
        session,
        durability,
        content,
        ring,
        maxWait,
        syncWait,
        interval,
        clock);
  }

  public RecorderConfig clock(InstantSource source) {
    return new RecorderConfig(
        basePath,
        home,
        story,
        session,
        durability,
        content,
        ring,
        maxWait,
        syncWait,
        syncEvery,
        source);
  }
}
