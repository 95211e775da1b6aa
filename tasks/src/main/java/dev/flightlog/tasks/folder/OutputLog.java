package dev.flightlog.tasks.folder;

import dev.flightlog.event.json.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an agent says to {@code 03-agent-output.jsonl}, a line as it comes. Lines are handed
 * to the system by {@link #flush}, or when some have gathered. At the limit the file ends with a
 * line that says so, and all that follows is only counted; notices of Flightlog still get in.
 *
 * <p>The text must have been redacted. Not safe for several threads. A disk that does not take the
 * lines is no reason to stop the agent: the lines are counted as lost, and {@link #problem} tells.
 */
public final class OutputLog implements AutoCloseable {
  private static final int GATHERED = 64 * 1024;

  /** What is left free below the limit for the last notices. */
  private static final int RESERVE = 4096;

  private final @Nullable LineFile file;
  private final long limit;
  private final JsonWriter line = new JsonWriter();
  private final JsonWriter lines = new JsonWriter(GATHERED + 8192);
  private long written;
  private long dropped;
  private boolean full;
  private long stampMillis = Long.MIN_VALUE;
  private String stamp = "";
  private @Nullable String problem;

  OutputLog(@Nullable LineFile file, long limit) {
    this.file = file;
    this.limit = Math.max(limit, 2L * RESERVE);
    this.written = file == null ? 0 : file.size();
  }

  /** Adds a line. */
  public void add(Instant time, OutputType type, String content) {
    add(time, type, content, null, null);
  }

  /**
   * Adds a line about a call of a tool.
   *
   * @param tool its name
   * @param callId what joins call and result
   */
  public void add(
      Instant time,
      OutputType type,
      String content,
      @Nullable String tool,
      @Nullable String callId) {
    if (full) {
      dropped += content.length();
      return;
    }
    int before = lines.length();
    gather(time, type, content, tool, callId);
    if (written + lines.length() > limit - RESERVE) {
      lines.truncate(before);
      full = true;
      dropped += content.length();
      notice(time, "[output cut here: the file has reached its limit of " + limit + " bytes]");
      flush();
    } else if (lines.length() >= GATHERED) {
      flush();
    }
  }

  /** Adds a line of Flightlog's own, also when the limit is reached; such lines are short. */
  public void notice(Instant time, String content) {
    gather(time, OutputType.SYSTEM, content, null, null);
  }

  /** True when the limit is reached: nothing but notices is written any more. */
  public boolean isFull() {
    return full;
  }

  /** Counts what was not even offered, because the file is full. */
  public void drop(long bytes) {
    dropped += bytes;
  }

  /** How much was dropped at the limit: bytes, or characters where a text had been decoded. */
  public long dropped() {
    return dropped;
  }

  /** Why lines could not be written, or null. */
  public @Nullable String problem() {
    return problem;
  }

  private void gather(
      Instant time,
      OutputType type,
      String content,
      @Nullable String tool,
      @Nullable String callId) {
    line.clear();
    line.beginObject().key("timestamp").string(stamp(time)).key("type").string(type.word());
    if (tool != null) {
      line.key("tool").string(tool);
    }
    if (callId != null) {
      line.key("tool_use_id").string(callId);
    }
    line.key("content").string(content).endObject().append('\n');
    lines.appendRaw(line.bytes(), 0, line.length());
  }

  private String stamp(Instant time) {
    long millis = time.toEpochMilli();
    if (millis != stampMillis) {
      stampMillis = millis;
      stamp = String.valueOf(JsonForm.time(time));
    }
    return stamp;
  }

  /** Hands the lines that have gathered to the system. */
  public void flush() {
    int length = lines.length();
    if (length == 0) {
      return;
    }
    try {
      if (file != null) {
        file.append(ByteBuffer.wrap(lines.bytes(), 0, length));
      }
      written += length;
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    lines.clear();
  }

  /** Writes what is left, and makes all of it survive a power cut. */
  @Override
  public void close() {
    flush();
    if (file != null) {
      try (file) {
        file.force();
      } catch (IOException e) {
        problem = String.valueOf(e.getMessage());
      }
    }
  }
}
