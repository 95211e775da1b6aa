package dev.flightlog.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the processes of agents, whoever started them and whatever became of their parents.
 *
 * <p>On Linux a process belongs to an agent when the agent's mark is in the environment it was
 * started with, or when it has a lock file of the agent open: children inherit both, also those
 * that were forked twice or made a session of their own. One that was started with an empty
 * environment by a program that closes inherited files escapes both. On other systems nothing is
 * found here; there only the descendants of a living parent are known. Stateless; blocks for some
 * milliseconds.
 */
final class LiveAgents {
  private static final Path PROCESSES = Path.of("/proc");

  private LiveAgents() {}

  /** True when processes can be found by their mark. */
  static boolean canBeFound() {
    return Files.isReadable(PROCESSES.resolve("self/environ"));
  }

  /**
   * @param mark the beginning of an entry of the environment
   * @param locks the beginning of the path of files that only the agent has open
   */
  static Set<Long> find(String mark, String locks) {
    Set<Long> found = new HashSet<>();
    byte[] wanted = mark.getBytes(StandardCharsets.UTF_8);
    long self = ProcessHandle.current().pid();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path each : all) {
        long pid = Long.parseLong(String.valueOf(each.getFileName()));
        if (pid != self && (carries(each, wanted) || holds(each, locks))) {
          found.add(pid);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return found;
    }
    return found;
  }

  private static boolean carries(Path process, byte[] mark) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      for (int i = 0; i + mark.length <= environment.length; ) {
        if (matches(environment, i, mark)) {
          return true;
        }
        while (i < environment.length && environment[i] != 0) {
          i++;
        }
        i++;
      }
    } catch (IOException e) {
      // Gone meanwhile, or another user's.
      return false;
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int at, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(Path process, String locks) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path each : open) {
        if (leadsTo(each, locks)) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Gone, also while its files were being listed.
      return false;
    }
    return false;
  }

  private static boolean leadsTo(Path link, String start) {
    try {
      return Files.readSymbolicLink(link).toString().startsWith(start);
    } catch (IOException e) {
      return false;
    }
  }
}
