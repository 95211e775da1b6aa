package dev.flightlog.recorder;

import org.jspecify.annotations.Nullable;

/** The last few events of one thread, as the surroundings of an error. */
final class Recent {
  private static final int KEPT = 8;

  private final String[] types = new String[KEPT];
  private final @Nullable String[] tools = new String[KEPT];
  private final long[] micros = new long[KEPT];
  private int count;

  void add(String type, @Nullable String tool, long when) {
    int slot = count++ & (KEPT - 1);
    types[slot] = type;
    tools[slot] = tool;
    micros[slot] = when;
  }

  /** The latest last, each as {@code tool_call Read 12 ms before}; empty when there was none. */
  String[] before(long now) {
    int kept = Math.min(Math.max(count, 0), KEPT);
    String[] all = new String[kept];
    for (int i = 0; i < kept; i++) {
      int slot = (count - kept + i) & (KEPT - 1);
      String tool = tools[slot];
      all[i] =
          types[slot]
              + (tool == null ? " " : " " + tool + " ")
              + Math.max(0, now - micros[slot]) / 1000
              + " ms before";
    }
    return all;
  }
}
