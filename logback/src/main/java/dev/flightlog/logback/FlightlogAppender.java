package dev.flightlog.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import ch.qos.logback.core.util.ReentryGuard;
import ch.qos.logback.core.util.ReentryGuardFactory;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.runs.RunConfig;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Logs in runs what a program logs through SLF4J, by configuration alone.
 *
 * <pre>{@code
 * <appender name="RUNS" class="dev.flightlog.logback.FlightlogAppender">
 *   <root>runs</root>
 *   <component>com.example.client=adapter</component>
 * </appender>
 * }</pre>
 *
 * <p>The MDC tells run and step of an entry ({@code flightlog.run}, {@code flightlog.framework},
 * {@code flightlog.step}), its logger the component. Where the MDC names no run, the entry belongs
 * to the {@link dev.flightlog.runs.FlightRun} of the thread, and without one it is an event only.
 * Each entry is a line in its file and an event; both survive {@code kill -9} when the call
 * returned. An entry with the marker {@code FINALIZE_SESSION} is the last of its step, or where it
 * names none of its run; at level ERROR that has failed.
 *
 * <p>For any number of threads; an entry takes one write, and ending a run takes as long as its
 * summary does. Never throws into its host: what is wrong stands in the status of Logback's
 * context. What Flightlog itself logs is not recorded.
 */
public final class FlightlogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private String root = "runs";
  private String framework = "default";
  private String frameworkKey = "flightlog.framework";
  private String runKey = "flightlog.run";
  private String stepKey = "flightlog.step";
  private @Nullable String home;
  private boolean events = true;
  private FileSize maxFileSize = new FileSize(64 * FileSize.MB_COEFFICIENT);
  private Duration timeout = Duration.buildByMinutes(30);
  private int maxRuns = 100;
  private ComponentNames components = new ComponentNames();
  private @Nullable FlightRecorder given;

  private final AtomicReference<@Nullable Delivery> delivery = new AtomicReference<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private @Nullable ScheduledFuture<?> sweep;
  private @Nullable Thread atExit;

  /** Below which the folders of runs are; {@code runs} in the working directory by default. */
  public void setRoot(String folder) {
    root = folder;
  }

  /** The framework of runs for which the MDC names none; {@code default} by default. */
  public void setFramework(String name) {
    framework = name;
  }

  /** Under which name the MDC tells the framework; {@code flightlog.framework} by default. */
  public void setFrameworkKey(String key) {
    frameworkKey = key;
  }

  /** Under which name the MDC tells the id of the run; {@code flightlog.run} by default. */
  public void setRunKey(String key) {
    runKey = key;
  }

  /** Under which name the MDC tells the number of the step; {@code flightlog.step} by default. */
  public void setStepKey(String key) {
    stepKey = key;
  }

  /** Which component loggers stand for: {@code com.example.client=adapter}; any number of them. */
  public void addComponent(String loggerAndComponent) {
    String wrong = components.add(loggerAndComponent);
    if (wrong != null) {
      addError("component: " + wrong);
    }
  }

  /** The home of the recorder; that of the environment by default. */
  public void setHome(String folder) {
    home = folder;
  }

  /** Whether entries are events, too; true by default. */
  public void setEvents(boolean recorded) {
    events = recorded;
  }

  /** How long a file may become before its log goes on in another; 64MB by default. */
  public void setMaxFileSize(FileSize size) {
    maxFileSize = size;
  }

  /** After how long without an entry runs and steps are ended; 30 minutes by default. */
  public void setTimeout(Duration silence) {
    timeout = silence;
  }

  /** How many runs are open at most, of those that the MDC names; 100 by default. */
  public void setMaxRuns(int most) {
    maxRuns = most;
  }

  /** A recorder to be used instead of one of the appender's own; it is not closed. */
  public void setRecorder(FlightRecorder recorder) {
    given = recorder;
  }

  @Override
  public void start() {
    if (isStarted()) {
      return;
    }
    Path folder = folder();
    if (folder == null || !isValid()) {
      return;
    }
    boolean own = given == null && events;
    FlightRecorder recorder = given == null ? recorder() : given;
    RunConfig config =
        RunConfig.defaults().recorder(recorder).fileBytes(Math.max(1024, maxFileSize.getSize()));
    TrackedRuns runs = new TrackedRuns(folder, config, maxRuns, this::addError);
    Place.Keys keys = new Place.Keys(frameworkKey, runKey, stepKey);
    delivery.set(new Delivery(recorder, own, runs, keys, framework, components));
    told.set(false);
    scheduleSweep();
    Thread hook = new Thread(this::end, "flightlog-logback-exit");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      atExit = hook;
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
    super.start();
  }

  private @Nullable Path folder() {
    try {
      Path folder = Path.of(root);
      Path there = folder.toAbsolutePath();
      while (there != null && !Files.exists(there)) {
        there = there.getParent();
      }
      if (there != null && (!Files.isDirectory(there) || !Files.isWritable(there))) {
        addError(
            "root: "
                + folder.toAbsolutePath()
                + " cannot be written, as "
                + there
                + " is no folder or gives no permission; name another. Until then entries are events"
                + " only");
      }
      return folder;
    } catch (InvalidPathException e) {
      addError("root: \"" + root + "\" is no path (" + e.getReason() + "); name a folder");
      return null;
    }
  }

  private boolean isValid() {
    boolean valid = true;
    Map<String, String> names = new HashMap<>();
    for (Map.Entry<String, String> key :
        Map.of("frameworkKey", frameworkKey, "runKey", runKey, "stepKey", stepKey).entrySet()) {
      if (key.getValue().isBlank()) {
        addError(key.getKey() + " is blank; name a key of the MDC, or leave it out");
        valid = false;
      }
      String same = names.put(key.getValue(), key.getKey());
      if (same != null) {
        addError(key.getKey() + " and " + same + " are both " + key.getValue());
        valid = false;
      }
    }
    if (maxRuns < 1) {
      addError("maxRuns is 1 or more, not " + maxRuns);
      valid = false;
    }
    if (framework.isBlank()) {
      addError("framework is blank; name one, or leave it out");
      valid = false;
    }
    return valid;
  }

  private FlightRecorder recorder() {
    if (!events) {
      return FlightRecorder.none();
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (home != null) {
      environment.put("FLIGHTLOG_HOME", home);
    }
    return FlightRecorder.open(RecorderConfig.fromEnvironment(environment));
  }

  private void scheduleSweep() {
    long millis = Math.max(1000, timeout.getMilliseconds() / 4);
    if (getContext() != null) {
      sweep =
          getContext()
              .getScheduledExecutorService()
              .scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void sweep() {
    Delivery to = delivery.get();
    if (to != null && sweeping.compareAndSet(false, true)) {
      try {
        to.runs().closeSilent(java.time.Duration.ofMillis(timeout.getMilliseconds()));
      } catch (Throwable e) {
        addError("runs that are silent could not be ended", e);
      } finally {
        sweeping.set(false);
      }
    }
  }

  /**
   * What is logged while an entry is logged, such as by an object that becomes text, is left out.
   */
  @Override
  protected ReentryGuard buildReentryGuard() {
    return ReentryGuardFactory.makeGuard(ReentryGuardFactory.GuardType.THREAD_LOCAL);
  }

  @Override
  protected void append(ILoggingEvent event) {
    Delivery to = delivery.get();
    if (to == null) {
      return;
    }
    try {
      to.deliver(event);
      if (to.runs().isTooMany() && !sweeping.get()) {
        getContext().getExecutorService().execute(this::sweep);
      }
    } catch (Throwable e) {
      // Whatever it is, the host logs on; it is told once, as it may come with every entry.
      if (told.compareAndSet(false, true)) {
        addError(
            "an entry of "
                + event.getLoggerName()
                + " at level "
                + (event.getLevel() == null ? Level.OFF : event.getLevel())
                + " could not be logged; further ones are not told",
            e);
      }
    }
  }

  /** Ends all runs, which makes their summaries, and closes the recorder. */
  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    super.stop();
    ScheduledFuture<?> sweeps = sweep;
    if (sweeps != null) {
      sweeps.cancel(false);
    }
    Thread hook = atExit;
    try {
      if (hook != null) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs or has run.
    }
    end();
  }

  private void end() {
    Delivery to = delivery.getAndSet(null);
    if (to != null) {
      to.close();
    }
  }
}
