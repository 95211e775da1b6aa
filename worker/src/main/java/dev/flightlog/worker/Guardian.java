package dev.flightlog.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A small process beside an agent that outlives the worker and ends what the worker cannot end any
 * more. It reads from a pipe that only the worker holds; when that ends without a word, the worker
 * is dead, and everything that belongs to this run is killed until nothing is left; a later run of
 * the same task is none of its business. Only where there is {@code /proc} and {@code sh};
 * elsewhere there is no guardian.
 */
final class Guardian {
  /** Kills by the mark ($1) and by the open lock file ($2), until ten looks found nothing. */
  private static final String SCRIPT =
      """
      while read -r word; do [ "$word" = done ] && exit 0; done
      quiet=0
      while [ $quiet -lt 10 ]; do
        found=$(grep -lsF -e "$1" /proc/[0-9]*/environ; find /proc/[0-9]*/fd -maxdepth 1 -lname "$2" 2>/dev/null)
        if [ -z "$found" ]; then quiet=$((quiet + 1)); sleep 0.1; continue; fi
        quiet=0
        for each in $found; do each=${each#/proc/}; kill -KILL "${each%%/*}" 2>/dev/null; done
      done
      """;

  private final @Nullable Process process;

  private Guardian(@Nullable Process process) {
    this.process = process;
  }

  static Guardian start(AgentMark mark, Path lock) throws IOException {
    if (!LiveAgents.canBeFound()) {
      return new Guardian(null);
    }
    List<String> command = new ArrayList<>(Launch.ownSession());
    String pattern = lock.toString().replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    command.addAll(List.of("sh", "-c", SCRIPT, "flightlog-guardian", mark.run(), pattern));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> !name.equals("PATH"));
    return new Guardian(builder.start());
  }

  /**
   * Ends the watch.
   *
   * @param clean true when nothing of the agent is left; else the guardian kills what is
   */
  void dismiss(boolean clean) {
    if (process != null) {
      try (OutputStream pipe = process.getOutputStream()) {
        if (clean) {
          pipe.write("done\n".getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        // Somebody has killed the guardian.
        return;
      }
    }
  }
}
