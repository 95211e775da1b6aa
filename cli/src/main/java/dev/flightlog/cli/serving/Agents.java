package dev.flightlog.cli.serving;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.home.paths.UserPaths;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.learning.hooks.AgentHooks;
import dev.flightlog.learning.hooks.HookScript;
import dev.flightlog.learning.hooks.WantedSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The agents that can be told of us, where their settings are, and what stands there. */
enum Agents {
  CLAUDE("Claude Code") {
    @Override
    Path file(Invocation call, String scope) {
      return switch (scope) {
        case "project" -> Path.of(".claude", "settings.json");
        case "local" -> Path.of(".claude", "settings.local.json");
        default ->
            UserPaths.claudeProjects(call.console().environment()).resolveSibling("settings.json");
      };
    }

    @Override
    WantedSettings wanted(Invocation call, String scope) {
      boolean shared = scope.equals("project");
      int port = shared && !call.flag("--http") ? 0 : port(call);
      return AgentHooks.claude(
          script(call), version(call), port, call.flag("--http"), call.flag("--statusline"));
    }

    @Override
    WantedSettings everything(Invocation call) {
      return AgentHooks.claude(script(call), NEWEST, port(call), false, true);
    }
  },

  CODEX("Codex") {
    @Override
    Path file(Invocation call, String scope) {
      String told = call.console().environment().getOrDefault("CODEX_HOME", "");
      return scope.equals("user")
          ? (told.isEmpty() ? Path.of(user(call), ".codex") : Path.of(told)).resolve("hooks.json")
          : Path.of(".codex", "hooks.json");
    }

    @Override
    WantedSettings wanted(Invocation call, String scope) {
      return AgentHooks.codex(script(call));
    }

    @Override
    List<String> left(Invocation call) {
      String address = "http://127.0.0.1:" + port(call);
      return List.of(
          "Codex runs new hooks only when you have trusted them: start codex, call /hooks, and"
              + " trust those of Flightlog",
          "for its telemetry add to ~/.codex/config.toml: [otel] exporter = { otlp-http = {"
              + " endpoint = \""
              + address
              + "/v1/logs\", protocol = \"binary\" } }");
    }
  },

  GEMINI("Gemini CLI") {
    @Override
    Path file(Invocation call, String scope) {
      return scope.equals("user")
          ? Path.of(user(call), ".gemini", "settings.json")
          : Path.of(".gemini", "settings.json");
    }

    @Override
    WantedSettings wanted(Invocation call, String scope) {
      return AgentHooks.gemini(script(call), scope.equals("project") ? 0 : port(call));
    }

    @Override
    WantedSettings everything(Invocation call) {
      return AgentHooks.gemini(script(call), port(call));
    }

    @Override
    List<String> left(Invocation call) {
      return List.of(
          "Gemini CLI asks once about hooks of a project; its hooks tell no ids of calls, so that"
              + " calls are counted by its chats and telemetry: flightlog import ~/.gemini/tmp");
    }
  },

  COPILOT("GitHub Copilot CLI") {
    @Override
    Path file(Invocation call, String scope) {
      return scope.equals("user")
          ? Path.of(user(call), ".copilot", "hooks", "hooks.json")
          : Path.of(".github", "hooks", "flightlog.json");
    }

    @Override
    WantedSettings wanted(Invocation call, String scope) {
      return AgentHooks.copilot(script(call));
    }

    @Override
    List<String> left(Invocation call) {
      return List.of(
          "its hooks tell no ids of calls, so that calls are counted by its event logs: flightlog"
              + " import ~/.copilot/session-state");
    }
  };

  /** Newer than any: of which every hook is looked for that may be ours. */
  private static final String NEWEST = "999.0.0";

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4}\\.\\d{1,4}\\.\\d{1,4})");

  private final String title;

  Agents(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Its settings of this scope. */
  abstract Path file(Invocation call, String scope);

  /** What shall stand there. */
  abstract WantedSettings wanted(Invocation call, String scope);

  /** What may stand there of us, by any version. */
  WantedSettings everything(Invocation call) {
    return wanted(call, "user");
  }

  /** What a person must do besides. */
  List<String> left(Invocation call) {
    return List.of();
  }

  static @Nullable Agents named(String name) {
    for (Agents each : values()) {
      if (each.name().toLowerCase(java.util.Locale.ROOT).equals(name)) {
        return each;
      }
    }
    return null;
  }

  private static HookScript script(Invocation call) {
    return AgentEntries.script(call);
  }

  private static String user(Invocation call) {
    return UserPaths.ofUser(call.console().environment());
  }

  private static int port(Invocation call) {
    if (call.flag("--no-telemetry") && !call.flag("--http")) {
      return 0;
    }
    return call.settings().number(Setting.SERVER_PORT);
  }

  /** Of the client on the PATH; empty when there is none, or it does not tell. */
  private static String version(Invocation call) {
    Map<String, String> environment = call.console().environment();
    Path claude = ClaudeProgram.onPath("claude", environment);
    if (claude == null) {
      return "";
    }
    try {
      String told =
          ClaudeProgram.run(environment, List.of(claude.toString(), "--version")).output();
      Matcher version = VERSION.matcher(told);
      return version.find() ? version.group(1) : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted");
    }
  }
}
