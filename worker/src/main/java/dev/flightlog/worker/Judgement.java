package dev.flightlog.worker;

import dev.flightlog.worker.AgentRun.Ended;
import dev.flightlog.worker.capture.AgentReport;
import org.jspecify.annotations.Nullable;

/** What is to be thought of a run that ended by itself. */
sealed interface Judgement {
  /**
   * @param answer what the agent said at its end; null when it said nothing
   */
  record Succeeded(@Nullable String answer) implements Judgement {}

  /**
   * @param why a sentence for people
   */
  record Failed(String why) implements Judgement {}

  /**
   * Judges a run by what its output says about its end, which counts more than how the process went
   * afterwards: work that was reported done is not done again.
   */
  static Judgement of(AgentCommand agent, Ended ended, AgentReport report) {
    if (report.failed()) {
      String told = report.error();
      return new Failed(told == null ? "agent " + agent.name() + " failed without a reason" : told);
    }
    if (report.tellsItsEnd() && report.answered()) {
      return new Succeeded(report.result());
    }
    if (ended.exitCode() != 0) {
      String last = ended.capture().lastError();
      return new Failed(
          "agent "
              + agent.name()
              + " ended with exit code "
              + ended.exitCode()
              + (last.isEmpty() ? "" : ": " + last));
    }
    return report.tellsItsEnd()
        ? new Failed("agent " + agent.name() + " ended without a result")
        : new Succeeded(ended.capture().lastText());
  }
}
