package dev.flightlog.home.hooks;

import dev.flightlog.home.Home;
import java.nio.file.Path;

/** Where hooks leave what they tell, below a home. */
public final class HookFolder {
  private final Path folder;

  private HookFolder(Path folder) {
    this.folder = folder;
  }

  /** Of this home, whether it is there or not. */
  public static HookFolder of(Home home) {
    return new HookFolder(home.path().resolve("hooks"));
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /** One file for each hook, named {@code <program>-….json}, until it is taken up. */
  public Path spool() {
    return folder.resolve("spool");
  }

  /** What is remembered from one hook to the next. */
  Path state() {
    return folder.resolve("state.json");
  }

  /** Whose server runs, and the sessions that wait; for status lines. */
  Path now() {
    return folder.resolve("now");
  }

  /** Held while the spool is taken up. */
  Path lock() {
    return folder.resolve("spool.lock");
  }
}
