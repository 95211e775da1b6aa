package dev.flightlog.learning.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightlog.learning.instructions.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookSettingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> EVENTS =
      List.of(
          "SessionStart",
          "SubagentStart",
          "PreToolUse",
          "PostToolUse",
          "PostToolUseFailure",
          "UserPromptSubmit",
          "Notification",
          "Stop",
          "SubagentStop",
          "PreCompact",
          "SessionEnd");
  @TempDir Path folder;

  private static HookScript script() {
    return new HookScript(Path.of("/home/o'neill/.flightlog"));
  }

  private HookSettings settings() {
    return new HookSettings(file(), AgentHooks.claude(script(), "", 0, false, false), List.of());
  }

  private Path file() {
    return folder.resolve("settings.json");
  }

  private String with(String before) throws IOException {
    Files.writeString(file(), before);
    return after(settings().withHooks());
  }

  private static String after(Plan plan) {
    assertThat(plan).isInstanceOf(Plan.Change.class);
    return new String(((Plan.Change) plan).after(), UTF_8);
  }

  private void assertRefused(String before, String reason) throws IOException {
    Files.writeString(file(), before);
    assertThat(settings().withHooks())
        .isInstanceOfSatisfying(
            Plan.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
    assertThat(file()).hasContent(before);
  }

  @Test
  void aMissingFileBecomesOneWithOurHooks() throws IOException {
    Plan plan = settings().withHooks();
    JsonNode made = JSON.readTree(after(plan));
    for (String event : EVENTS) {
      JsonNode hook = made.at("/hooks/" + event + "/0/hooks/0");
      assertThat(hook.get("type").asText()).isEqualTo("command");
      assertThat(hook.get("timeout").asInt()).isEqualTo(5);
      assertThat(hook.get("command").asText()).contains("'/home/o'\\''neill/.flightlog/");
    }
    assertThat(HookSettings.write((Plan.Change) plan)).isTrue();
    assertThat(settings().hasHooks()).isTrue();
    assertThat(after(settings().withoutHooks())).isEqualTo("{}\n");
  }

  @Test
  void hooksOfOthersAndEveryOtherByteStay() throws IOException {
    String before =
        """
        {
            "model": "opus",  "n": 1.50,
            "hooks": {
                "PreToolUse": [
                    {"matcher": "Bash", "hooks": [{"type": "command", "command": "guard"}]}
                ]
            },
            "last": "\\u00e9"
        }
        """;
    String after = with(before);
    assertThat(after)
        .startsWith(before.substring(0, before.indexOf("\n        ]")))
        .contains("\n            {\n                \"matcher\": \"*\"")
        .endsWith("},\n    \"last\": \"\\u00e9\"\n}\n");
    assertThat(JSON.readTree(after).at("/hooks/PreToolUse")).hasSize(2);
    Files.writeString(file(), after);
    assertThat(after(settings().withoutHooks())).isEqualTo(before);
  }

  @Test
  void toInstallTwiceIsToInstallOnceAndOlderHooksOfOursAreReplaced() throws IOException {
    String after = with("{\"hooks\":{\"SessionEnd\":[]}}");
    assertThat(with(after)).isEqualTo(after);
    String older =
        after.replace("\"timeout\":5", "\"timeout\":9").replace("trap 'exit 0' EXIT; ", "");
    JsonNode renewed = JSON.readTree(with(older));
    for (String event : EVENTS) {
      assertThat(renewed.at("/hooks/" + event)).hasSize(1);
      assertThat(renewed.at("/hooks/" + event + "/0/hooks/0/command").asText()).startsWith("trap");
    }
  }

  @Test
  void windowsLineEndsAndTabsAreKept() throws IOException {
    String after = with("{\r\n\t\"a\": 1\r\n}\r\n");
    assertThat(after).contains(",\r\n\t\"hooks\": {\r\n\t\t\"SessionStart\": [\r\n\t\t\t{\r\n");
    assertThat(after.replace("\r\n", "")).doesNotContain("\n").doesNotContain("  ");
  }

  @Test
  void whatIsNoSettingsFileIsLeftAloneWithOneReason() throws IOException {
    assertRefused("{\"a\":1,}", "it is not JSON");
    assertRefused("// comment\n{}", "it is not JSON");
    assertRefused("[1]", "its value is no object");
    assertRefused("{\"hooks\":[]}", "hooks is no object");
    assertRefused("{\"hooks\":{\"PreToolUse\":{}}}", "hooks.PreToolUse is no array");
    assertRefused("{\"hooks\":{},\"hooks\":{}}", "two members hooks");
    assertRefused("{\"disableAllHooks\":true}", "turns all hooks off");
  }

  @Test
  void hooksThatTheOwnerOfTheSystemForbidsAreRefused() throws IOException {
    Path managed = Files.writeString(folder.resolve("managed"), "{\"allowManagedHooksOnly\":true}");
    WantedSettings wanted = AgentHooks.claude(script(), "", 0, false, false);
    HookSettings settings = new HookSettings(file(), wanted, List.of(managed));
    assertThat(settings.withHooks()).isInstanceOf(Plan.Refused.class);
    assertThat(file()).doesNotExist();
  }

  @Test
  void aLinkToElsewhereIsLeftAlone() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other")).resolve("s.json");
    Files.writeString(other, "{}");
    Files.createDirectory(folder.resolve("claude"));
    Path link = Files.createSymbolicLink(folder.resolve("claude/settings.json"), other);
    assertThat(
            new HookSettings(link, AgentHooks.claude(script(), "", 0, false, false), List.of())
                .withHooks())
        .isInstanceOf(Plan.Refused.class);
  }

  @Test
  void manyFilesGetTheirBytesBackAndLoseNothing() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 150; i++) {
      ObjectNode made = JSON.createObjectNode();
      made.put("first", "x".repeat(1 + random.nextInt(3)) + "\"\\[{,");
      ObjectNode hooks = JSON.createObjectNode();
      for (String event : EVENTS) {
        int others = random.nextInt(3);
        if (others > 0) {
          ArrayNode groups = hooks.putArray(event);
          for (int j = 0; j < others; j++) {
            groups
                .addObject()
                .put("matcher", "a")
                .putArray("hooks")
                .addObject()
                .put("command", "c");
          }
        }
      }
      if (!hooks.isEmpty()) {
        made.set("hooks", hooks);
      }
      if (random.nextBoolean()) {
        made.put("last", i);
      }
      String before =
          random.nextBoolean()
              ? JSON.writeValueAsString(made)
              : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(made);
      String after = with(before);
      ObjectNode read = (ObjectNode) JSON.readTree(after);
      for (String event : EVENTS) {
        int others = made.at("/hooks/" + event).size();
        assertThat(read.at("/hooks/" + event)).hasSize(others + 1);
      }
      Files.writeString(file(), after);
      assertThat(after(settings().withoutHooks())).isEqualTo(before);
    }
  }
}
