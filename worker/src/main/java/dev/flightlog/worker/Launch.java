package dev.flightlog.worker;

import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.tasks.folder.TaskFolders;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts an agent so that it can be found and ended: in a session of its own, under a lock that all
 * its descendants inherit, with its mark in the environment. Needs {@code setsid} and {@code flock}
 * (util-linux) for the first two, and goes without them where they are missing. Stateless.
 */
final class Launch {
  /** What {@code flock} exits with when a process of another run of the task holds the lock. */
  static final int LOCKED = 75;

  private static final @Nullable String SETSID = inPath("setsid", System.getenv("PATH"));
  private static final @Nullable String FLOCK = inPath("flock", System.getenv("PATH"));

  private Launch() {}

  /** What a command is preceded by to run in a session of its own. */
  static List<String> ownSession() {
    return SETSID == null ? List.of() : List.of(SETSID);
  }

  /** True when no process of an earlier agent holds the lock, as far as that can be known. */
  private static boolean isFree(Path lock) throws IOException, InterruptedException {
    if (FLOCK == null) {
      return true;
    }
    Process test =
        new ProcessBuilder(FLOCK, "-n", "-E", String.valueOf(LOCKED), lock.toString(), "true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return test.waitFor(5, TimeUnit.SECONDS) && test.exitValue() != LOCKED;
  }

  /**
   * @param locks all of these are held while anything of the agent lives
   * @param environment all that the agent gets
   * @throws AgentStartException when the command is not there or cannot be executed
   */
  static Process start(
      AgentCommand agent,
      Path program,
      Path folder,
      List<Path> locks,
      Map<String, String> environment) {
    List<String> command = new ArrayList<>(ownSession());
    for (Path lock : FLOCK == null ? List.<Path>of() : locks) {
      command.addAll(List.of(FLOCK, "-n", "-F", "-E", String.valueOf(LOCKED), lock.toString()));
    }
    command.add(program.toString());
    command.addAll(agent.command().subList(1, agent.command().size()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> all = builder.environment();
    all.clear();
    all.putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new AgentStartException(
          "agent " + agent.name() + " could not be started: " + e.getMessage());
    }
  }

  /**
   * The file that the command names.
   *
   * @throws AgentStartException when there is none, or it cannot be executed; the message says how
   *     to mend it
   */
  static Path program(AgentCommand agent, Path folder, Map<String, String> environment) {
    String name = agent.command().getFirst();
    Path named = name.contains("/") ? folder.resolve(name) : null;
    String found = named == null ? inPath(name, environment.get("PATH")) : null;
    Path program = named != null ? named : found == null ? null : Path.of(found);
    if (!Files.isDirectory(folder)) {
      throw new AgentStartException(
          "agent "
              + agent.name()
              + ": there is no folder "
              + folder
              + ": make it, or correct agents."
              + agent.name()
              + ".folder in config.json");
    }
    String mend = ": correct agents." + agent.name() + ".command in config.json";
    if (program == null) {
      throw new AgentStartException(
          "agent " + agent.name() + ": command not found in PATH: " + name + mend);
    }
    if (!Files.isRegularFile(program)) {
      throw new AgentStartException(
          "agent " + agent.name() + ": command not found: " + program + mend);
    }
    if (!Files.isExecutable(program)) {
      throw new AgentStartException(
          "agent " + agent.name() + ": not executable: " + program + mend + ", or chmod +x");
    }
    return program;
  }

  /** The first executable file of this name in the folders of the path, or null. */
  private static @Nullable String inPath(String name, @Nullable String path) {
    for (String folder : (path == null ? "/usr/bin:/bin" : path).split(":")) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return file.toString();
      }
    }
    return null;
  }

  /**
   * How the paths of the lock files of a task begin. The task has one, so that no two agents run
   * beside each other; each run has one of its own, so that its processes can be told from those of
   * the next.
   */
  static String locks(Path folder, String task) throws IOException {
    OwnerOnly.createFolder(folder);
    return folder.toRealPath().resolve(task) + ".";
  }

  /** The lock file of a task, made if it is not there; it goes when the task's folder goes. */
  static Path lock(String locks) throws IOException {
    return made(Path.of(locks + TaskFolders.LOCK));
  }

  /** The lock file of a run, made if it is not there. */
  static Path lock(String locks, long token) throws IOException {
    return made(Path.of(locks + token + "." + TaskFolders.LOCK));
  }

  private static Path made(Path lock) throws IOException {
    OwnerOnly.createFile(lock);
    return lock;
  }

  /** Removes the lock files of runs; false when a process holds one, or that of the task. */
  static boolean removeLocks(String locks) throws IOException, InterruptedException {
    Path start = Path.of(locks);
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(
            start.resolveSibling(""), start.getFileName() + "*" + TaskFolders.LOCK)) {
      for (Path each : all) {
        if (!isFree(each)) {
          return false;
        }
        if (!each.equals(Path.of(locks + TaskFolders.LOCK))) {
          Files.deleteIfExists(each);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return true;
  }
}
