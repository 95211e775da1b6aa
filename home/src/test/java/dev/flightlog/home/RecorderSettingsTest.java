package dev.flightlog.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.recorder.RecorderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderSettingsTest {
  @TempDir Path folder;

  /** A recorder inside a program reads its settings itself, and has no other room to ask. */
  @Test
  void aRecorderInAProgramAndTheCommandsMeanTheSameBySettings() throws IOException {
    List<String> files =
        List.of(
            "",
            "{}",
            "\ufeff{\"logging\":{\"current_story\":\"s\"}}",
            "{\"logging\":{\"base_path\":\"journals\"}}",
            "{\"logging\":{\"base_path\":\""
                + folder.resolve("elsewhere")
                + "\"},\"capture\":{\"content\":\"none\"}}",
            "{\"logging\":{\"base_path\":\"~/mine\"},\"capture\":{\"content\":\"head\"}}");
    List<Map<String, String>> variables =
        List.of(
            Map.of(),
            Map.of("FLIGHTLOG_LOGGING_CURRENT_STORY", "2.0"),
            Map.of("FLIGHTLOG_LOGGING_BASE_PATH", "other", "FLIGHTLOG_CAPTURE_CONTENT", "full"));
    int number = 0;
    for (String file : files) {
      for (Map<String, String> more : variables) {
        Path path = folder.resolve("home" + number++);
        Files.createDirectory(path);
        if (!file.isEmpty()) {
          Files.writeString(path.resolve("config.json"), file);
        }
        Map<String, String> environment = new TreeMap<>(more);
        environment.put("HOME", folder.resolve("user").toString());
        environment.put("FLIGHTLOG_HOME", path.toString());
        RecorderConfig inside = RecorderConfig.fromEnvironment(environment);
        RecorderConfig ours = Home.open(path, environment).recorderConfig();
        assertThat(ours.basePath()).as(file + more).isEqualTo(inside.basePath());
        assertThat(ours.home()).isEqualTo(inside.home());
        assertThat(ours.story()).isEqualTo(inside.story());
        assertThat(ours.content()).isEqualTo(inside.content());
      }
    }
  }
}
