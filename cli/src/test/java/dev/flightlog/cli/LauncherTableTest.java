package dev.flightlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LauncherTableTest {
  private static final Set<Launch> NEVER_BUILD = Set.of(Launch.SERVE, Launch.HOOK);

  /**
   * Words that an agent's settings may hold, written by another version: who knows them not must
   * say so at once, and not build.
   */
  private static final Set<String> OF_AGENTS = Set.of("hook");

  @Test
  void theLauncherRunsEachCommandAsTheCommandSays() throws Exception {
    Map<String, String> told = new LinkedHashMap<>();
    Commands.ALL.forEach(
        (word, command) -> told.put(word, command.get().launch().name().toLowerCase(Locale.ROOT)));
    StringBuilder script = new StringBuilder();
    told.keySet().forEach(word -> script.append("find_kind " + word + "; echo $kind\n"));
    assertThat(shell(script.toString()).lines().toList())
        .as("%s", told.keySet())
        .containsExactlyElementsOf(told.values());
  }

  @Test
  void whoServesNeverBuilds() throws Exception {
    StringBuilder script = new StringBuilder();
    Commands.ALL
        .keySet()
        .forEach(word -> script.append("never_builds " + word + " && echo " + word + "\n"));
    Set<String> serving =
        Commands.ALL.entrySet().stream()
            .filter(entry -> NEVER_BUILD.contains(entry.getValue().get().launch()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertThat(shell(script.toString()).lines()).containsExactlyInAnyOrderElementsOf(serving);
  }

  @Test
  void theLaunchersTableNamesNoCommandThatIsNone() throws IOException {
    String table = Files.readString(Path.of("../build/start.sh"));
    Set<String> words =
        Pattern.compile("(?m)^  ([a-z |]+)\\) kind=")
            .matcher(table)
            .results()
            .flatMap(match -> Pattern.compile(" \\| ").splitAsStream(match.group(1)))
            .collect(Collectors.toSet());
    assertThat(words).hasSizeGreaterThan(5);
    words.removeAll(OF_AGENTS);
    assertThat(Commands.ALL.keySet()).containsAll(words);
  }

  private static String shell(String script) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", ". ../build/start.sh\n" + script)
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), UTF_8);
    shell.waitFor();
    return said;
  }
}
