package dev.flightlog.cli.output;

import dev.flightlog.analysis.wording.SafeText;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A progress bar on one line of standard error; prints nothing when that is no terminal. Called
 * from one thread at a time; draws at most ten times a second.
 */
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long INTERVAL_NANOS = 100_000_000;

  private final PrintStream err;
  private final boolean terminal;
  private final long started = System.nanoTime();
  private long drawn = started;
  private boolean visible;

  public Progress(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Shows how much is done, in bytes, and of what. */
  public synchronized void show(long done, long total, String what) {
    long now = System.nanoTime();
    if (!terminal || now - drawn < INTERVAL_NANOS || now - started < 3 * INTERVAL_NANOS) {
      return;
    }
    drawn = now;
    visible = true;
    double share = total <= 0 ? 0 : Math.min(1, (double) done / total);
    int full = (int) (share * WIDTH);
    double seconds = (now - started) / 1e9;
    err.print(
        String.format(
            Locale.ROOT,
            "\r\u001b[K[%s%s] %3.0f %%  %,.0f of %,.0f MB  %.0f MB/s  %s",
            "#".repeat(full),
            ".".repeat(WIDTH - full),
            share * 100,
            done / 1e6,
            total / 1e6,
            done / 1e6 / seconds,
            SafeText.shortened(SafeText.sentence(what), 40)));
    err.flush();
  }

  /** Takes the bar away. */
  @Override
  public synchronized void close() {
    if (visible) {
      err.print("\r\u001b[K");
      err.flush();
      visible = false;
    }
  }
}
