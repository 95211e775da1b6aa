package dev.flightlog.home.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.paths.UserPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path home;

  private Settings with(String json, Map<String, String> environment) throws IOException {
    Files.writeString(home.resolve("config.json"), json);
    return Settings.load(home, environment);
  }

  @Test
  void theEnvironmentBeatsTheFileAndTheFileBeatsTheDefault() throws IOException {
    Settings settings =
        with(
            "{\"server\":{\"port\":5000},\"tasks\":{\"attempts\":7}}",
            Map.of("FLIGHTLOG_SERVER_PORT", "6000", "TASK_LOGS_RETENTION_DAYS", "3"));
    assertThat(settings.number(Setting.SERVER_PORT)).isEqualTo(6000);
    assertThat(settings.number(Setting.TASK_ATTEMPTS)).isEqualTo(7);
    assertThat(settings.number(Setting.TASK_LOGS_RETENTION_DAYS)).isEqualTo(3);
    assertThat(settings.text(Setting.CURRENT_STORY)).isEqualTo("default");
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    Settings settings = with("\ufeff{\"logging\":{\"current_story\":\"s\"}}\r\n", Map.of());
    assertThat(settings.text(Setting.CURRENT_STORY)).isEqualTo("s");
  }

  @Test
  void foldersAreGivenNamesOfProjects() throws IOException {
    Settings settings =
        with(
            "{\"projects\":{\"~/work/shop\":\" Shop \",\"/srv/*/api\":\"api\"}}",
            Map.of("HOME", "/u"));

    assertThat(settings.projects())
        .containsExactly(Map.entry("/u/work/shop", "Shop"), Map.entry("/srv/*/api", "api"));
    assertThat(settings.unknownKeys()).isEmpty();
    assertThatThrownBy(() -> with("{\"projects\":{\"shop\":\"Shop\"}}", Map.of()))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("projects names whole folders")
        .hasMessageContaining("\"shop\"");
    assertThatThrownBy(() -> with("{\"projects\":{\"/shop\":7}}", Map.of()))
        .hasMessageContaining("the name of the project in /shop is a text");
    assertThatThrownBy(() -> with("{\"projects\":[]}", Map.of()))
        .hasMessageContaining("projects is an object of names");
  }

  @Test
  void aRelativePathBeginsInTheHomeAndTildeIsTheUsersHome() throws IOException {
    Settings settings =
        with(
            "{\"logging\":{\"base_path\":\"journals\"},\"tasks\":{\"logs_dir\":\"~/t\"}}",
            Map.of("HOME", "/u"));
    assertThat(settings.basePath()).isEqualTo(home.resolve("journals"));
    assertThat(settings.taskLogs()).isEqualTo(Path.of("/u/t"));
  }

  @Test
  void aListIsTakenWhereAListIsMeantAndRefusedElsewhere() throws IOException {
    Settings settings = with("{\"server\":{\"names\":[\"a.example\",\"b.example\"]}}", Map.of());
    assertThat(settings.list(Setting.SERVER_NAMES)).containsExactly("a.example", "b.example");
    assertThat(with("{\"server\":{\"names\":\"a, b\"}}", Map.of()).list(Setting.SERVER_NAMES))
        .containsExactly("a", "b");
    assertThatThrownBy(() -> with("{\"server\":{\"port\":[1]}}", Map.of()))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("server.port is a port from 0 to 65535, not a list");
    assertThatThrownBy(() -> with("{\"server\":{\"names\":[1]}}", Map.of()))
        .hasMessageContaining("server.names is a list of texts");
  }

  @Test
  void aValueOfTheWrongKindIsToldWithItsPlaceAndWhatItMayBe() {
    for (String json :
        new String[] {
          "{\"server\":{\"port\":\"x\"}}",
          "{\"server\":{\"port\":70000}}",
          "{\"server\":{\"require_token\":1}}",
          "{\"server\":{\"port\":{\"a\":1}}}",
          "{\"logging\":{\"thread_safe\":false}}",
          "{\"capture\":{\"content\":\"half\"}}",
          "{\"analysis\":{\"token_factor\":0.5}}",
          "{\"tasks\":{\"attempts\":0}}",
          "{\"agents\":[]}",
          "{\"tasks\":{\"attempts\":1e99999999999}}",
          "[]",
          "{",
          "\ufffe{}"
        }) {
      assertThatThrownBy(() -> with(json, Map.of()))
          .as(json)
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("config.json");
    }
    assertThatThrownBy(
            () -> Settings.load(home.resolve("none"), Map.of("FLIGHTLOG_SERVER_PORT", "x")))
        .hasMessageContaining("FLIGHTLOG_SERVER_PORT");
  }

  @Test
  void utf16IsToldAsSuch() throws IOException {
    Files.write(home.resolve("config.json"), "\ufeff{}".getBytes(StandardCharsets.UTF_16BE));
    assertThatThrownBy(() -> Settings.load(home, Map.of())).hasMessageContaining("UTF-16");
  }

  @Test
  void unknownKeysAreListed() throws IOException {
    assertThat(with("{\"server\":{\"prot\":1},\"x\":[1]}", Map.of()).unknownKeys())
        .containsExactly("server.prot", "x");
  }

  @Test
  void changedKeysAreNamed() throws IOException {
    Settings before = with("{\"agents\":{\"a\":{}}}", Map.of());
    Settings after = with("{\"agents\":{\"b\":{}},\"server\":{\"port\":1}}", Map.of());
    assertThat(after.changedSince(before)).containsExactly("agents.a", "agents.b", "server.port");
  }

  @Test
  void everySettingIsDefinedOnceWithADefaultThatItsTypeAccepts() {
    Set<String> names = new HashSet<>();
    for (Setting setting : Setting.values()) {
      assertThat(names.add(setting.key())).as(setting.key()).isTrue();
      assertThat(names.add(setting.variable())).as(setting.variable()).isTrue();
      assertThat(setting.type().accepts(setting.byDefault())).as(setting.key()).isTrue();
    }
  }

  @Test
  void whoHasNoHomeAndNoEntryInPasswdIsAskedForOne() {
    String before = System.getProperty("user.home");
    System.setProperty("user.home", "?");
    try {
      assertThatThrownBy(() -> UserPaths.flightlogHome(Optional.empty(), Map.of()))
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("FLIGHTLOG_HOME");
      assertThat(UserPaths.flightlogHome(Optional.of("/x"), Map.of())).isEqualTo(Path.of("/x"));
    } finally {
      System.setProperty("user.home", before);
    }
  }
}
