package dev.flightlog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LaunchTest {
  @TempDir Path home;

  private Process start(String locks, long token, String... command) throws IOException {
    AgentCommand agent = AgentCommand.of("agent", List.of(command));
    Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
    return Launch.start(
        agent,
        Launch.program(agent, home, environment),
        home,
        List.of(Launch.lock(locks), Launch.lock(locks, token)),
        environment);
  }

  @Test
  void aSecondAgentOfATaskDoesNotStartWhileTheFirstLives() throws Exception {
    String locks = Launch.locks(home.resolve("locks"), "task-1");
    Process first = start(locks, 1, "cat");
    // It echoes a line: it runs, so it holds its locks.
    first.getOutputStream().write('\n');
    first.getOutputStream().flush();
    assertThat(first.getInputStream().read()).isEqualTo('\n');
    assertThat(start(locks, 2, "true").waitFor()).isEqualTo(Launch.LOCKED);
    assertThat(Launch.removeLocks(locks)).isFalse();
    String others = Launch.locks(home.resolve("locks"), "task-10");
    assertThat(start(others, 1, "true").waitFor()).isZero();
    first.getOutputStream().close();
    assertThat(first.waitFor()).isZero();
    assertThat(start(locks, 2, "true").waitFor()).isZero();
    assertThat(Launch.removeLocks(locks)).isTrue();
    try (var left = Files.list(home.resolve("locks"))) {
      assertThat(left.map(each -> String.valueOf(each.getFileName())))
          .containsExactlyInAnyOrder("task-1.lock", "task-10.lock", "task-10.1.lock");
    }
  }
}
