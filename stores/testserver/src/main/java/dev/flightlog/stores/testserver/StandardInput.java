package dev.flightlog.stores.testserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The standard input of this process as a terminal at which nobody types.
 *
 * <p>ClickHouse out of its library ends itself with {@code std::terminate} when a thread of a
 * connection fails with an error that it does not handle, as a connection does that another
 * process, killed, has reset. It does not when somebody seems to sit at a terminal.
 */
@SuppressWarnings("restricted")
final class StandardInput {
  private static final int READ_WRITE = 2;
  private static final int NO_CONTROL = 0x100;
  private static final int MOST_NAME = 256;
  private static final Linker LINKER = Linker.nativeLinker();

  private StandardInput() {}

  /**
   * Puts a terminal in the place of the standard input. Where there is none to be had, it says so
   * and leaves the standard input as it is: a server alone does without.
   *
   * @param ended is run, on a thread of its own, when what was the standard input ends
   */
  static void becomeTerminal(Runnable ended) throws Throwable {
    int before;
    try {
      int terminal = number("posix_openpt", READ_WRITE | NO_CONTROL);
      number("grantpt", terminal);
      number("unlockpt", terminal);
      int side = open(name(terminal));
      before = number("dup", 0);
      number("dup2", side, 0);
    } catch (IllegalStateException e) {
      System.getLogger(StandardInput.class.getName())
          .log(Level.WARNING, e.getMessage() + ": the end of another server may end this one");
      return;
    }
    Thread.ofPlatform().daemon().name("end-of-input").start(() -> awaitEnd(before, ended));
  }

  private static void awaitEnd(int before, Runnable ended) {
    try (InputStream input = Files.newInputStream(Path.of("/dev/fd/" + before))) {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // No more comes, as at the end.
    }
    ended.run();
  }

  private static String name(int terminal) throws Throwable {
    MethodHandle name = function("ptsname", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    return ((MemorySegment) name.invoke(terminal)).reinterpret(MOST_NAME).getString(0);
  }

  private static int open(String file) throws Throwable {
    MethodHandle open =
        function("open", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      return checked("open", (int) open.invoke(arena.allocateFrom(file), READ_WRITE | NO_CONTROL));
    }
  }

  private static int number(String name, int first) throws Throwable {
    MethodHandle called = function(name, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    return checked(name, (int) called.invoke(first));
  }

  private static int number(String name, int first, int second) throws Throwable {
    MethodHandle called =
        function(name, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    return checked(name, (int) called.invoke(first, second));
  }

  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... parameters) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, parameters));
  }

  private static int checked(String name, int result) {
    if (result < 0) {
      throw new IllegalStateException("no terminal for ClickHouse: " + name + " failed");
    }
    return result;
  }
}
