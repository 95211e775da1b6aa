package dev.flightlog.benchmarks.generated;

import java.util.Random;

/**
 * What a program tells a logger about one tool call. The same shape each time, so that every logger
 * can write the same content; about 300 bytes as a line.
 */
public record ToolCall(String tool, String input, long durationMs, long tokens, boolean success) {

  private static final String[] TOOLS = {
    "Read",
    "Edit",
    "Bash",
    "Grep",
    "Glob",
    "Write",
    "Task",
    "WebFetch",
    "WebSearch",
    "TodoWrite",
    "NotebookEdit",
    "MultiEdit"
  };

  /** So many different calls; the same for the same seed. */
  public static ToolCall[] some(int count, long seed) {
    Random random = new Random(seed);
    ToolCall[] calls = new ToolCall[count];
    for (int i = 0; i < count; i++) {
      boolean failed = random.nextInt(100) < 5;
      String tool = TOOLS[random.nextInt(TOOLS.length)];
      String path = "src/module" + random.nextInt(40) + "/Service" + random.nextInt(900) + ".java";
      calls[i] =
          new ToolCall(
              tool,
              path,
              1 + (long) Math.exp(3 + 1.5 * random.nextGaussian()),
              50 + random.nextInt(4000),
              !failed);
    }
    return calls;
  }
}
