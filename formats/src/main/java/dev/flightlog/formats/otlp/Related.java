package dev.flightlog.formats.otlp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What records tell about each other across requests, for a bounded number of the latest ones. What
 * has fallen out, or was told to another process, only makes an event less complete. Safe for any
 * thread.
 */
final class Related {
  private static final int MOST = 16 * 1024;

  private final Map<String, Long> waits = latest();
  private final Map<String, String> toolKeys = latest();
  private final Map<String, String> within = latest();
  private final Map<String, long[]> totals = latest();
  private final Map<String, Long> sessions = latest();

  private static <V> Map<String, V> latest() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
      }
    };
  }

  /** A person was waited for during the span with this id. */
  synchronized void waited(String spanId, long ms) {
    waits.merge(spanId, ms, Long::sum);
  }

  /** How long a person was waited for during this span. */
  synchronized long waited(String spanId) {
    Long ms = waits.remove(spanId);
    return ms == null ? 0 : ms;
  }

  /** The key of the call that this span is, where a span within or around it told it before. */
  synchronized String toolKey(
      String spanId, @Nullable String parentId, boolean mayLieWithin, String otherwise) {
    String known = within.get(spanId);
    if (known == null && mayLieWithin && parentId != null) {
      known = toolKeys.get(parentId);
    }
    return known == null ? otherwise : known;
  }

  /** The span with this id is the call with this key. */
  synchronized void toolKeyIs(String spanId, String key) {
    toolKeys.put(spanId, key);
  }

  /** The span with this id, if it is a call, is the call with this key, which lies within it. */
  synchronized void surrounds(String spanId, String key) {
    within.put(spanId, key);
  }

  /** Adds to the running totals of a conversation, and answers them. */
  synchronized long[] total(String conversation, long input, long cached, long output) {
    long[] sums = totals.computeIfAbsent(conversation, name -> new long[3]);
    sums[0] += input;
    sums[1] += cached;
    sums[2] += output;
    return sums.clone();
  }

  /** True when this session was not met before, or only later. */
  synchronized boolean isNew(String session, long time) {
    Long before = sessions.get(session);
    if (before != null && before <= time) {
      return false;
    }
    sessions.put(session, time);
    return true;
  }
}
