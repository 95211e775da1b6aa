package dev.flightlog.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.flightlog.runs.LogEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** Makes entries of Logback's events. Immutable; for any thread. */
final class Entries {
  private final Place.Keys keys;

  Entries(Place.Keys keys) {
    this.keys = keys;
  }

  LogEntry of(ILoggingEvent event, String component, Place place) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("logger", event.getLoggerName());
    details.put("thread", event.getThreadName());
    Throwable error = error(event.getThrowableProxy(), details);
    markers(event.getMarkerList(), details);
    mdc(event.getMDCPropertyMap(), place, details);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        details.put(String.valueOf(pair.key), pair.value);
      }
    }
    Instant time = event.getInstant();
    return new LogEntry(
        level(event.getLevel()),
        component,
        event.getFormattedMessage(),
        error,
        details,
        time == null ? Instant.ofEpochMilli(event.getTimeStamp()) : time);
  }

  /** The throwable itself; of one that came from another process its text is put to the details. */
  private static @Nullable Throwable error(
      @Nullable IThrowableProxy proxy, Map<String, @Nullable Object> details) {
    if (proxy instanceof ThrowableProxy own) {
      return own.getThrowable();
    }
    if (proxy != null) {
      details.put("error_type", proxy.getClassName());
      details.put("stack", ThrowableProxyUtil.asString(proxy));
    }
    return null;
  }

  private static void markers(
      @Nullable List<Marker> markers, Map<String, @Nullable Object> details) {
    if (markers != null && !markers.isEmpty()) {
      details.put("markers", markers.stream().map(Marker::getName).toList());
    }
  }

  /** What the MDC says besides where the event belongs. */
  private void mdc(Map<String, String> mdc, Place place, Map<String, @Nullable Object> details) {
    if (mdc.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> rest = null;
    for (Map.Entry<String, String> each : mdc.entrySet()) {
      String key = each.getKey();
      boolean known =
          key.equals(keys.framework())
              || key.equals(keys.run())
              || (key.equals(keys.step()) && place.unreadable() == null);
      if (!known) {
        rest = rest == null ? new LinkedHashMap<>() : rest;
        rest.put(key, each.getValue());
      }
    }
    if (rest != null) {
      details.put("mdc", rest);
    }
  }

  static System.Logger.Level level(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> System.Logger.Level.ERROR;
      case Level.WARN_INT -> System.Logger.Level.WARNING;
      case Level.INFO_INT -> System.Logger.Level.INFO;
      case Level.DEBUG_INT -> System.Logger.Level.DEBUG;
      default -> System.Logger.Level.TRACE;
    };
  }
}
