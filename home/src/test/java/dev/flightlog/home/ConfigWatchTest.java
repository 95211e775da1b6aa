package dev.flightlog.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.tasks.AgentSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
  private final List<String> told = new ArrayList<>();
  private final List<Home> taken = new ArrayList<>();
  @TempDir Path folder;

  private void take(Home changed) {
    AgentSettings.check(changed.settings());
    taken.add(changed);
  }

  private void write(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }

  @Test
  void aChangeIsTakenOrNamedKeyByKeyAndAWrongFileChangesNothing() throws IOException {
    Home home = Home.open(folder, Map.of(), told::add, Clock.systemUTC());
    try (ConfigWatch watch = new ConfigWatch(home, this::take)) {
      watch.look();
      assertThat(told).isEmpty();

      write(
          "{\"analysis\":{\"max_tokens_per_query\":90},\"server\":{\"port\":1},\"agents\":{\"a\":{\"command\":[\"true\"]}}}");
      watch.look();
      watch.look();
      assertThat(told).hasSize(2);
      assertThat(told.get(0)).contains("taken now: agents.a, analysis.max_tokens_per_query");
      assertThat(told.get(1)).contains("started again: server.port");
      assertThat(taken.getLast().settings().number(Setting.MAX_TOKENS)).isEqualTo(90);

      write("{\"server\":{\"port\":\"x\"}}");
      watch.look();
      assertThat(told.getLast()).contains("server.port", "settings of before hold");
      assertThat(taken).hasSize(1);

      write("{\"agents\":{\"a\":{\"command\":\"one text\"}}}");
      watch.look();
      assertThat(told.getLast()).contains("agents.a.command", "settings of before hold");
      assertThat(taken).hasSize(1);

      Files.delete(folder.resolve("config.json"));
      watch.look();
      assertThat(taken.getLast().settings().number(Setting.MAX_TOKENS)).isEqualTo(500);
    }
  }
}
