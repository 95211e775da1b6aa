package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.event.Category;
import dev.flightlog.event.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path home;

  @Test
  void aUserWithoutAHomeMakesNoFolderInTheWorkingDirectory() {
    String before = System.getProperty("user.home");
    System.setProperty("user.home", "?");
    try {
      assertThat(RecorderConfig.fromEnvironment(Map.of()).home())
          .isEqualTo(Path.of("/nonexistent", ".flightlog"));
      assertThat(RecorderConfig.fromEnvironment(Map.of("FLIGHTLOG_HOME", "/srv/log")).home())
          .isEqualTo(Path.of("/srv/log"));
    } finally {
      System.setProperty("user.home", before);
    }
  }

  @Test
  void theEnvironmentGoesBeforeTheHomesFileAndThatBeforeDefaults() throws Exception {
    Files.writeString(
        home.resolve("config.json"),
        "{\"logging\":{\"base_path\":\"/elsewhere\",\"current_story\":\"1.2\"},"
            + "\"capture\":{\"content\":\"head\"}}");
    RecorderConfig config =
        Settings.read(
            Map.of(
                "HOME",
                "/home/me",
                "FLIGHTLOG_HOME",
                home.toString(),
                "FLIGHTLOG_LOGGING_CURRENT_STORY",
                "2.0"));
    assertThat(config.home()).isEqualTo(home);
    assertThat(config.basePath()).isEqualTo(Path.of("/elsewhere"));
    assertThat(config.story()).isEqualTo("2.0");
    assertThat(config.content()).isEqualTo(Content.HEAD);
  }

  @Test
  void withoutAnythingTheHomeIsInTheUsersFolder() {
    RecorderConfig config = Settings.read(Map.of("HOME", "/home/me"));
    assertThat(config.home()).isEqualTo(Path.of("/home/me/.flightlog"));
    assertThat(config.basePath()).isEqualTo(config.home());
    assertThat(Settings.read(Map.of("HOME", "/home/me", "FLIGHTLOG_HOME", "~/x")).home())
        .isEqualTo(Path.of("/home/me/x"));
  }

  @Test
  void aByteOrderMarkIsPassedOverAndARelativeFolderBeginsInTheHome() throws Exception {
    Files.writeString(
        home.resolve("config.json"),
        "\ufeff{\"logging\":{\"base_path\":\"journals\",\"current_story\":\"1.2\"}}\r\n");
    RecorderConfig config = Settings.read(Map.of("FLIGHTLOG_HOME", home.toString()));
    assertThat(config.story()).isEqualTo("1.2");
    assertThat(config.basePath()).isEqualTo(home.resolve("journals"));
  }

  @Test
  void aFileThatCannotBeReadCountsAsAbsent() throws Exception {
    Files.writeString(home.resolve("config.json"), "{\"logging\":");
    assertThat(Settings.read(Map.of("FLIGHTLOG_HOME", home.toString())).story())
        .isEqualTo("default");
  }

  @Test
  void aValueOutOfItsRangeIsNamed() {
    RecorderConfig config = RecorderConfig.at(home);
    assertThatThrownBy(() -> config.ring(5000)).hasMessageContaining("5000");
    assertThatThrownBy(() -> config.story(" ")).hasMessageContaining("blank");
    assertThatThrownBy(() -> config.durability(Durability.DROPPED)).hasMessageContaining("DROPPED");
    assertThatThrownBy(() -> config.maxWait(Duration.ofMillis(-1))).hasMessageContaining("maxWait");
  }

  @Test
  void aFieldKnownAtRunTimeIsSetOrKeptInTheDetails() {
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home).ring(0))) {
      recorder
          .event("x", Category.LEARNING)
          .set(Field.AGENT_NAME, "a")
          .set(Field.STEP, 3)
          .set(Field.CONFIDENCE_SCORE, 1)
          .set(Field.SUCCESS, true)
          .set(Field.DURATION_MS, "soon")
          .set(Field.DETAILS, Map.of("k", "v"))
          .set(Field.TASK_ID, null)
          .log();
    }
    JsonNode line = Lines.of(home).get(0);
    assertThat(line.get("agent_name").asText()).isEqualTo("a");
    assertThat(line.get("step").asInt()).isEqualTo(3);
    assertThat(line.get("confidence_score").asDouble()).isEqualTo(1);
    assertThat(line.get("success").asBoolean()).isTrue();
    assertThat(line.get("details").toString()).isEqualTo("{\"duration_ms\":\"soon\",\"k\":\"v\"}");
  }
}
