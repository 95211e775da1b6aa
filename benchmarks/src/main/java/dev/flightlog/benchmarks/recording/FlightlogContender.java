package dev.flightlog.benchmarks.recording;

import dev.flightlog.benchmarks.generated.ToolCall;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The recorder as it comes: level written, redaction on, a sync at most every 500 ms; attribution
 * in a scope. Only its patience is longer: like its peers it waits when it is offered more than the
 * disk takes, and does not drop after 50 ms.
 */
final class FlightlogContender implements Contender {
  private final FlightRecorder recorder;

  FlightlogContender(Path folder) {
    recorder =
        FlightRecorder.open(
            RecorderConfig.at(folder).story(Attribution.STORY).maxWait(Duration.ofSeconds(10)));
  }

  @Override
  @SuppressWarnings("MustBeClosed") // A thread of the benchmark is never anyone else.
  public void enter(Attribution attribution) {
    var _ =
        recorder
            .scope()
            .session(attribution.session())
            .workflow(attribution.workflow())
            .agent(attribution.agent())
            .open();
  }

  @Override
  public void log(ToolCall call) {
    recorder
        .toolCall(call.tool())
        .durationMs(call.durationMs())
        .tokens(call.tokens())
        .success(call.success())
        .input(call.input())
        .log();
  }

  @Override
  public void log(ToolCall call, Among among) {
    recorder
        .toolCall(call.tool())
        .session(among.who().session())
        .workflow(among.who().workflow())
        .agent(among.who().agent())
        .durationMs(call.durationMs())
        .tokens(call.tokens())
        .success(call.success())
        .details(among.details())
        .log();
  }

  @Override
  public void close() {
    recorder.close();
    // An event that found no room in time is dropped, and counted: what is lost must be in here.
    Forked.report(System.out, "told as dropped", recorder.stats().dropped());
  }
}
