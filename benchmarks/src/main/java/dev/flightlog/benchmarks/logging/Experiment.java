package dev.flightlog.benchmarks.logging;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.flightlog.benchmarks.generated.ToolCall;
import java.util.List;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What the threads of an experiment log: 8 runs at once, steps of 2,000 entries one after the
 * other, 12 loggers of 4 components, messages with arguments, key-values of several types, one of
 * them different each time.
 */
final class Experiment {
  private static final ToolCall[] CALLS = ToolCall.some(4096, 20261128);
  private static final int ENTRIES_OF_A_STEP = 2000;

  private final LogbackMDCAdapter mdc;
  private final List<Logger> loggers;

  Experiment(LoggerContext context, LogbackMDCAdapter mdc) {
    this.mdc = mdc;
    loggers =
        List.of(
                "orchestrator.Loop",
                "orchestrator.Plan",
                "client.Http",
                "client.Retry",
                "client.Cache",
                "client.Stream",
                "tools.Read",
                "tools.Bash",
                "tools.Edit",
                "validator.Schema",
                "validator.Tests",
                "metrics.Tokens")
            .stream()
            .map(name -> context.getLogger("com.example.agent." + name))
            .toList();
  }

  /** Logs one entry as this thread of the experiment. */
  void log(int thread, int number) {
    if (number % ENTRIES_OF_A_STEP == 0) {
      mdc.put("flightlog.framework", "framework_" + thread % 3);
      mdc.put("flightlog.run", "run_" + thread % 8);
      mdc.put("flightlog.step", Integer.toString(number / ENTRIES_OF_A_STEP + 1));
    }
    boolean last = number % ENTRIES_OF_A_STEP == ENTRIES_OF_A_STEP - 1;
    ToolCall call = CALLS[number * 7 + thread * 512 & 4095];
    LoggingEventBuilder entry = loggers.get(number % loggers.size()).atInfo();
    if (last) {
      entry = entry.addMarker(ClassicConstants.FINALIZE_SESSION_MARKER);
    }
    entry
        .addKeyValue("tool", call.tool())
        .addKeyValue("input", call.input())
        .addKeyValue("tokens", call.tokens())
        .addKeyValue("success", call.success())
        .addKeyValue("request", "req_" + Integer.toHexString(number * 31 + thread))
        .log("{} took {} ms for {}", call.tool(), call.durationMs(), call.input());
  }
}
