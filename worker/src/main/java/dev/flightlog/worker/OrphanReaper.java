package dev.flightlog.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes away the dead that nobody waits for, when the worker is process 1 of a container: what an
 * agent leaves behind becomes a child of process 1. Java waits for what it has started itself
 * within moments; what is still dead at the next look is nobody's. Only on Linux. For one thread.
 */
final class OrphanReaper {
  private static final int NOT_WAITING = 1; // WNOHANG

  private final @Nullable MethodHandle waitpid;
  private Set<Long> dead = new HashSet<>();

  private OrphanReaper(@Nullable MethodHandle waitpid) {
    this.waitpid = waitpid;
  }

  /** One that does something only when this is process 1. */
  static OrphanReaper ofProcess() {
    boolean first = ProcessHandle.current().pid() == 1 && Files.isDirectory(Path.of("/proc/1"));
    return first ? forced() : new OrphanReaper(null);
  }

  /** One that does something whatever process this is. */
  static OrphanReaper forced() {
    Linker linker = Linker.nativeLinker();
    return new OrphanReaper(
        linker
            .defaultLookup()
            .find("waitpid")
            .map(address ->
                linker.downcallHandle(
                    address,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_INT)))
            .orElse(null));
  }

  /**
   * Takes away who was dead at the last look already; to be called some seconds apart.
   *
   * @return how many
   */
  int look() {
    MethodHandle call = waitpid;
    if (call == null) {
      return 0;
    }
    int taken = 0;
    Set<Long> found = deadChildren();
    for (long pid : found) {
      if (dead.contains(pid) && wait(call, (int) pid)) {
        taken++;
      }
    }
    dead = found;
    return taken;
  }

  private static boolean wait(MethodHandle call, int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      return (int) call.invokeExact(pid, status, NOT_WAITING) == pid;
    } catch (Throwable e) {
      // A call that cannot be made takes nobody away; the container's init has to.
      return false;
    }
  }

  private static Set<Long> deadChildren() {
    Set<Long> found = new HashSet<>();
    long self = ProcessHandle.current().pid();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path each : all) {
        if (isDeadChild(each, self)) {
          found.add(Long.parseLong(String.valueOf(each.getFileName())));
        }
      }
    } catch (IOException e) {
      return found;
    }
    return found;
  }

  /** The name of the program may hold anything, and ends at the last bracket. */
  private static boolean isDeadChild(Path process, long parent) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
      return fields.length > 1 && fields[0].equals("Z") && fields[1].equals(String.valueOf(parent));
    } catch (IOException e) {
      return false;
    }
  }
}
