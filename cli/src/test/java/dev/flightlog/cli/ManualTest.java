package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.home.settings.Setting;
import dev.flightlog.webhooks.ProviderKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The manual is generated from the definitions; {@code -Dflightlog.docs.write=true} writes it anew.
 */
class ManualTest {
  private static final Path FILE = Path.of("..", "docs", "guide", "commands.md");

  @Test
  void theManualSaysWhatTheDefinitionsSay() throws IOException {
    String manual = manual();
    if (Boolean.getBoolean("flightlog.docs.write")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, manual);
    }
    assertThat(Files.readString(FILE))
        .as("stale: run with -Dflightlog.docs.write=true")
        .isEqualTo(manual);
  }

  @Test
  void everyCommandIsExplainedWithAnExample() {
    Commands.ALL.forEach((name, command) ->
        assertThat(command.get().syntax().help())
            .contains("flightlog " + name)
            .contains("Example"));
  }

  private static String manual() {
    StringBuilder out =
        new StringBuilder(
            "# Commands and settings\n\nGenerated from the definitions; `flightlog COMMAND --help` says the same.\n");
    section(out, "flightlog", Main.overview());
    Commands.ALL.forEach(
        (name, command) -> section(out, "flightlog " + name, command.get().syntax().help()));
    out.append(
        "\n## Settings\n\nA flag beats the environment, the environment beats `config.json` in the home, and that beats the default.\n\n");
    out.append(
        "| setting | environment | default | what it is | read by | meaning |\n|---|---|---|---|---|---|\n");
    for (Setting setting : Setting.values()) {
      out.append("| `")
          .append(setting.key())
          .append("` | `")
          .append(setting.variable())
          .append("` | ");
      out.append(setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`")
          .append(" | ")
          .append(setting.type().description())
          .append(" | ")
          .append(setting.part().name().toLowerCase(Locale.ROOT))
          .append(" | ")
          .append(setting.meaning())
          .append(" |\n");
    }
    out.append(
        """

        `config.json` nests the names: `{"server": {"port": 4281}, "tasks": {"attempts": 5}}`. In the environment lists are written `a,b`, maps
        `k=v,k=v`. Agents are told in [tasks.md](tasks.md#agents), names of projects in [cost-and-time.md](cost-and-time.md#projects-and-stories). `FLIGHTLOG_JAVA_HOME` names the JDK that the launcher uses;
        `CLAUDE_CONFIG_DIR` is where quickstart looks for Claude Code's sessions.

        ## Settings of a provider

        Under `webhooks.<provider>`; `secret` of `github` is also `FLIGHTLOG_WEBHOOKS_GITHUB_SECRET`. How they work together:
        [webhooks.md](webhooks.md).

        | setting | meaning |
        |---|---|
        """);
    for (ProviderKey key : ProviderKey.values()) {
      out.append("| `").append(key.key()).append("` | ").append(key.meaning()).append(" |\n");
    }
    return out.toString();
  }

  private static void section(StringBuilder out, String title, String help) {
    out.append("\n## `").append(title).append("`\n\n```\n").append(help).append("```\n");
  }
}
