package dev.flightlog.cli.output;

import dev.flightlog.wording.SafeText;
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
    if (isTime()) {
      double seconds = (drawn - started) / 1e9;
      draw(
          done,
          total,
          String.format(
              Locale.ROOT,
              "%,.0f of %,.0f MB  %.0f MB/s  %s",
              done / 1e6,
              total / 1e6,
              done / 1e6 / seconds,
              SafeText.shortened(SafeText.sentence(what), 40)));
    }
  }

  /** Shows how many are done, and of what. */
  public synchronized void showCount(long done, long total, String things) {
    if (isTime()) {
      draw(done, total, String.format(Locale.ROOT, "%,d of %,d %s", done, total, things));
    }
  }

  private boolean isTime() {
    long now = System.nanoTime();
    if (!terminal || now - drawn < INTERVAL_NANOS || now - started < 3 * INTERVAL_NANOS) {
      return false;
    }
    drawn = now;
    return true;
  }

  private void draw(long done, long total, String words) {
    visible = true;
    double share = total <= 0 ? 0 : Math.min(1, (double) done / total);
    int full = (int) (share * WIDTH);
    err.print(
        String.format(
            Locale.ROOT,
            "\r\u001b[K[%s%s] %3.0f %%  %s",
            "#".repeat(full),
            ".".repeat(WIDTH - full),
            share * 100,
            words));
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
