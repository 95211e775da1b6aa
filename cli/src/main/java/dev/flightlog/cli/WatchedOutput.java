package dev.flightlog.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers why writing failed, which a {@link java.io.PrintStream} does not. For one thread. */
final class WatchedOutput extends FilterOutputStream {
  private @Nullable IOException failed;

  WatchedOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    try {
      out.write(b);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  private IOException remembered(IOException e) {
    if (failed == null) {
      failed = e;
    }
    return e;
  }

  /** Why not everything was written; a reader that has gone, such as {@code head}, is no reason. */
  Optional<String> failure() {
    String why = failed == null ? null : String.valueOf(failed.getMessage());
    return why == null || why.contains("Broken pipe") ? Optional.empty() : Optional.of(why);
  }
}
