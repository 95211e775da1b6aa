package dev.flightlog.benchmarks.recording;

import dev.flightlog.benchmarks.generated.ToolCall;
import java.io.IOException;

/** A way to write tool calls to a file as JSON lines. Safe for many threads. */
interface Contender extends AutoCloseable {

  /** Tells who acts in the calling thread from now on; once a thread. */
  void enter(Attribution attribution);

  /** Logs one call from the calling thread. */
  void log(ToolCall call);

  /** Logs one call of somebody else than the call before, with the story in its details. */
  void log(ToolCall call, Among among);

  /** Returns when everything that was logged stands in the file. */
  @Override
  void close() throws IOException;

  /** Who acts, the same for all events of a thread. */
  record Attribution(String session, String workflow, String agent) {
    static final String STORY = "1.2";

    static Attribution of(int thread) {
      return new Attribution(
          "20250923_14102" + thread, "workflow_" + (100 + thread), "agent_" + thread);
    }
  }
}
