package dev.flightlog.server.events;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.recorder.Durability;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.server.web.JsonValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the events of one request, each judged alone. However many there are, one is in
 * memory at a time, and of the rejections only the first are listed. For one thread.
 */
final class Judgement {
  static final int MOST_BYTES = 1 << 20;
  static final int MOST_VALUES = 20_000;

  /** How many rejections an answer lists. */
  private static final int LISTED = 1000;

  private final FlightRecorder recorder;
  private final long deadline;
  private final JsonReader reader = new JsonReader();
  private final List<Map<String, @Nullable Object>> rejected = new ArrayList<>();
  private long unlisted;
  private long accepted;
  private long unwritten;
  private long number;

  /**
   * @param deadline by {@link System#nanoTime}, after which nothing more is taken
   */
  Judgement(FlightRecorder recorder, long deadline) {
    this.recorder = recorder;
    this.deadline = deadline;
  }

  /** Takes a line; an empty one only counts. */
  void line(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        value(bytes, from, to);
        return;
      }
    }
    number++;
  }

  /** Takes what should be one event. Never throws, whatever the bytes are. */
  void value(byte[] bytes, int from, int to) {
    number++;
    if (to - from > MOST_BYTES) {
      reject("an event has at most " + MOST_BYTES + " bytes, this one " + (to - from));
      return;
    }
    if (JsonValues.exceed(MOST_VALUES, bytes, from, to)) {
      reject("an event has at most " + MOST_VALUES + " values");
      return;
    }
    if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
      reject("the time for this request was over before it was looked at; send it again");
      return;
    }
    try {
      Durability reached = ReceivedEvent.of(parsed(bytes, from, to)).log(recorder);
      if (reached.compareTo(Durability.WRITTEN) >= 0) {
        accepted++;
      } else {
        unwritten++;
        reject("the journal cannot be written to; send it again");
      }
    } catch (ReceivedEvent.WrongException e) {
      reject(String.valueOf(e.getMessage()));
    } catch (JsonException e) {
      reject("it is not JSON: " + e.getMessage());
    } catch (RuntimeException e) {
      reject("it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private @Nullable Object parsed(byte[] bytes, int from, int to) {
    Object value = reader.reset(bytes, from, to).value();
    reader.finish();
    return value;
  }

  private void reject(String error) {
    if (rejected.size() == LISTED) {
      unlisted++;
      return;
    }
    Map<String, @Nullable Object> one = new LinkedHashMap<>();
    one.put("line", number);
    one.put("error", error);
    rejected.add(one);
  }

  /** True when nothing is on disk for want of a journal: the whole request may be sent again. */
  boolean nothingCouldBeWritten() {
    return unwritten > 0 && accepted == 0;
  }

  /** The answer, as JSON has it. */
  Map<String, @Nullable Object> answer() {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("accepted", accepted);
    answer.put("rejected", rejected);
    if (unlisted > 0) {
      answer.put("rejected_unlisted", unlisted);
    }
    return answer;
  }
}
