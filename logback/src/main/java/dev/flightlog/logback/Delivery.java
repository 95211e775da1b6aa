package dev.flightlog.logback;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.flightlog.event.Category;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.runs.FlightRun;
import dev.flightlog.runs.LogEntry;
import dev.flightlog.runs.files.RunFolder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Brings events of Logback to where they belong. Safe for many threads. */
record Delivery(
    FlightRecorder recorder,
    boolean ownRecorder,
    TrackedRuns runs,
    Place.Keys keys,
    String framework,
    ComponentNames components,
    Entries entries) {

  /** Loggers of Flightlog itself. */
  private static final List<String> OWN = List.of("dev.flightlog.recorder", "dev.flightlog.runs");

  Delivery(
      FlightRecorder recorder,
      boolean ownRecorder,
      TrackedRuns runs,
      Place.Keys keys,
      String framework,
      ComponentNames components) {
    this(recorder, ownRecorder, runs, keys, framework, components, new Entries(keys));
  }

  void deliver(ILoggingEvent event) {
    String logger = event.getLoggerName();
    if (logger != null && isOwn(logger)) {
      return;
    }
    Place place = Place.of(event.getMDCPropertyMap(), keys);
    LogEntry entry = entries.of(event, components.of(logger), place);
    if (place.run() == null) {
      ofThread(place, entry);
    } else {
      ofRun(place, place.run(), entry, isLast(event.getMarkerList()));
    }
  }

  private static boolean isOwn(String logger) {
    for (String own : OWN) {
      if (logger.startsWith(own)
          && (logger.length() == own.length() || logger.charAt(own.length()) == '.')) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLast(@Nullable List<Marker> markers) {
    return markers != null && markers.contains(ClassicConstants.FINALIZE_SESSION_MARKER);
  }

  /** The MDC names no run. */
  private void ofThread(Place place, LogEntry entry) {
    Optional<FlightRun> run = FlightRun.current();
    if (run.isEmpty() || !run.get().log(step(place, run.get()), entry)) {
      plain(place, entry);
    }
  }

  private static long step(Place place, FlightRun run) {
    return place.step() == RunFolder.NO_STEP
        ? run.stepOfThread().orElse(RunFolder.NO_STEP)
        : place.step();
  }

  private void ofRun(Place place, String id, LogEntry entry, boolean last) {
    Optional<FlightRun> opened = FlightRun.find(place.framework(), id);
    if (opened.isPresent()) {
      // Who opened it begins and ends its steps, too.
      opened.get().log(step(place, opened.get()), entry);
      return;
    }
    String named = place.framework() == null ? framework : place.framework();
    Instant time = entry.time() == null ? Instant.now() : entry.time();
    TrackedRun run = runs.get(named, id);
    while (run != null && !run.log(place.step(), entry, time) && run.isClosed()) {
      run = runs.get(named, id);
    }
    if (run == null) {
      plain(place, entry);
    } else if (last) {
      boolean succeeded = entry.level() != System.Logger.Level.ERROR;
      if (place.step() == RunFolder.NO_STEP) {
        runs.close(run, succeeded);
      } else {
        run.closeStep(place.step(), succeeded);
      }
    }
  }

  /** An event that belongs to no log of a run. */
  private void plain(Place place, LogEntry entry) {
    Throwable error = entry.error();
    EventBuilder event =
        error != null
            ? recorder.errorEvent(error)
            : recorder.event(
                "log",
                entry.level() == System.Logger.Level.ERROR ? Category.ERROR : Category.EXECUTION);
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    if (entry.details() != null) {
      details.putAll(entry.details());
    }
    details.put("level", entry.level().name());
    details.put(error == null ? "message" : "log_message", entry.message());
    event.details(details).component(entry.component()).runId(place.run()).at(entry.time());
    if (place.step() != RunFolder.NO_STEP) {
      event.step(place.step());
    }
    event.log();
  }

  void close() {
    runs.closeAll();
    if (ownRecorder) {
      recorder.close();
    }
  }
}
