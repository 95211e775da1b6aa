package dev.flightlog.home.tasks;

import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.settings.Settings;
import dev.flightlog.wording.SafeText;
import dev.flightlog.worker.AgentCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agents that {@code config.json} describes: {@code agents.NAME.command} is a list of program
 * and arguments; {@code agent_type}, {@code model}, {@code input} ({@code stdin} or {@code file}),
 * {@code folder}, {@code environment} (names of variables), {@code timeout_seconds} and {@code
 * budget_usd} may stand beside it. Stateless.
 */
public final class AgentSettings {
  private static final Set<String> KEYS =
      Set.of(
          "command",
          "agent_type",
          "model",
          "input",
          "folder",
          "environment",
          "timeout_seconds",
          "budget_usd");

  private AgentSettings() {}

  /**
   * @throws HomeException when one is not described as it must be; the message names the key
   */
  public static Map<String, AgentCommand> of(Settings settings) {
    Map<String, AgentCommand> agents = new LinkedHashMap<>();
    settings
        .agents()
        .forEach((name, value) -> {
          if (!(value instanceof Map<?, ?> of)) {
            throw wrong(name, "", "is an object with a command");
          }
          agents.put(name, agent(name, of, settings));
        });
    return agents;
  }

  /**
   * Looks whether the agents are described as they must be.
   *
   * @throws HomeException when one is not, or the default one is none of them
   */
  public static void check(Settings settings) {
    byDefault(settings, of(settings));
  }

  /** The agent of tasks that name none: the configured one, else the only one; or null. */
  public static @Nullable String byDefault(Settings settings, Map<String, AgentCommand> agents) {
    String name = settings.text(Setting.WORKER_AGENT);
    if (!name.isEmpty()) {
      if (!agents.containsKey(name)) {
        throw new HomeException(
            "worker.agent names \""
                + SafeText.shortened(name, 60)
                + "\", which is not under agents in config.json");
      }
      return name;
    }
    return agents.size() == 1 ? agents.keySet().iterator().next() : null;
  }

  private static AgentCommand agent(String name, Map<?, ?> of, Settings settings) {
    for (Object key : of.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw wrong(
            name,
            String.valueOf(key),
            "is not known; known are " + KEYS.stream().sorted().toList());
      }
    }
    List<String> command = texts(name, of, "command");
    if (command.isEmpty()) {
      throw wrong(
          name, "command", "is a list of program and arguments, such as [\"claude\",\"-p\"]");
    }
    String folder = text(name, of, "folder");
    Object seconds = of.get("timeout_seconds");
    if (seconds != null && !(seconds instanceof Long whole && whole > 0)) {
      throw wrong(name, "timeout_seconds", "is a whole number above 0");
    }
    String input = text(name, of, "input");
    if (input != null && !input.equals("stdin") && !input.equals("file")) {
      throw wrong(name, "input", "is stdin or file");
    }
    return new AgentCommand(
        name,
        command,
        text(name, of, "agent_type"),
        text(name, of, "model"),
        "file".equals(input) ? AgentCommand.Input.FILE : AgentCommand.Input.STDIN,
        folder == null ? null : settings.path(folder),
        new LinkedHashSet<>(texts(name, of, "environment")),
        seconds == null ? AgentCommand.TIMEOUT : Duration.ofSeconds((Long) seconds),
        budget(name, of, settings));
  }

  /** What a run of this agent may cost: its own limit, else that of all tasks. */
  private static @Nullable Double budget(String name, Map<?, ?> of, Settings settings) {
    Object own = of.get("budget_usd");
    if (own != null && !(own instanceof Number number && number.doubleValue() > 0)) {
      throw wrong(name, "budget_usd", "is an amount of US dollars above 0");
    }
    double limit =
        own instanceof Number usd ? usd.doubleValue() : settings.real(Setting.BUDGET_TASK);
    return limit > 0 ? (Double) limit : null;
  }

  private static @Nullable String text(String name, Map<?, ?> of, String key) {
    Object value = of.get(key);
    if (value != null && !(value instanceof String)) {
      throw wrong(name, key, "is a text");
    }
    return (String) value;
  }

  private static List<String> texts(String name, Map<?, ?> of, String key) {
    Object value = of.get(key);
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object each : list) {
        if (!(each instanceof String text)) {
          throw wrong(name, key, "is a list of texts");
        }
        texts.add(text);
      }
    } else if (value != null) {
      throw wrong(name, key, "is a list of texts");
    }
    return texts;
  }

  private static HomeException wrong(String name, String key, String is) {
    return new HomeException(
        "config.json: agents."
            + SafeText.shortened(name, 60)
            + (key.isEmpty() ? "" : "." + SafeText.shortened(key, 60))
            + " "
            + is);
  }
}
