package dev.flightlog.cli.serving;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.learning.hooks.HookSettings;
import dev.flightlog.learning.instructions.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code install claude} and other agents: their hooks and telemetry come to us, by consent, and
 * the questions are made known to Claude Code through its own command.
 */
public final class InstallCommand implements Command {
  private static final String NAME = "flightlog";
  static final List<String> SCOPES = List.of("user", "project", "local");

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "install",
            "Have an agent tell Flightlog what it does while it works, by hooks and telemetry in its settings, and"
                + " let Claude Code ask, too (MCP). The difference is shown; --yes writes it, --remove takes it out"
                + " again. systemd and cron: have weeks revised on their day without a server.")
        .takes("claude|codex|gemini|copilot|systemd|cron", 1, 1)
        .with(
            Option.text(
                "--scope",
                "SCOPE",
                "user (all your projects, the default), project (shared with others), local"),
            Option.flag("--user", "the same as --scope user"),
            Option.flag("--project", "the same as --scope project"),
            Option.flag("--yes", "write it; without, only the difference is shown"),
            Option.flag("--remove", "take our entries out; every other byte stays"),
            Option.flag("--hooks", "only hooks and telemetry, no MCP server"),
            Option.flag("--no-telemetry", "no telemetry"),
            Option.flag(
                "--statusline", "Claude Code shows our status line, too, where it has none yet"),
            Option.flag(
                "--http",
                "hooks of Claude Code call the server instead of a script; it shows an error with"
                    + " each while the server is gone"),
            Option.flag("--print", "only print our entries, change nothing"))
        .example(
            "flightlog install claude --yes",
            "flightlog install claude --project --hooks --yes",
            "flightlog install claude --remove --yes",
            "flightlog install codex --yes",
            "flightlog install systemd --yes");
  }

  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    String what = call.arguments().getFirst();
    Agents agent = Agents.named(what);
    if (agent == null) {
      return switch (what) {
        case "systemd" -> new ScheduleInstall(call).systemd();
        case "cron" -> new ScheduleInstall(call).cron();
        default ->
            throw CommandException.usage(
                "there is nothing to install for '"
                    + what
                    + "'; there are: claude, codex, gemini, copilot, systemd and cron");
      };
    }
    String scope = scope(call);
    if (call.flag("--remove")) {
      remove(call, agent, scope);
      return CommandException.OK;
    }
    if (call.flag("--print")) {
      call.console().out().println(printed(call, agent, scope));
      return CommandException.OK;
    }
    AgentEntries entries =
        new AgentEntries(call, agent.file(call, scope), agent.wanted(call, scope));
    if (entries.install(entries.planned())) {
      call.console()
          .say(
              agent.title()
                  + " now tells Flightlog what it does ("
                  + agent.file(call, scope)
                  + "). To undo: flightlog install "
                  + what
                  + " --remove --yes");
      agent.left(call).forEach(call.console()::say);
    }
    if (agent == Agents.CLAUDE && !call.flag("--hooks")) {
      register(call, scope);
    }
    return CommandException.OK;
  }

  /** Takes our entries out of the settings of an agent, and the MCP server out of Claude Code. */
  static void remove(Invocation call, Agents agent, String scope)
      throws IOException, InterruptedException {
    new AgentEntries(call, agent.file(call, scope), agent.everything(call)).remove();
    Path claude = ClaudeProgram.onPath("claude", call.console().environment());
    if (agent == Agents.CLAUDE && claude != null && call.flag("--yes")) {
      ClaudeProgram.run(
          call.console().environment(),
          List.of(claude.toString(), "mcp", "remove", "--scope", scope, NAME));
    }
  }

  private static String printed(Invocation call, Agents agent, String scope) throws IOException {
    Path nowhere = call.home().path().resolve("settings of nobody.json");
    Plan plan = new HookSettings(nowhere, agent.wanted(call, scope), List.of()).withHooks();
    String ours =
        plan instanceof Plan.Change change
            ? new String(change.after(), StandardCharsets.UTF_8).strip()
            : "{}";
    return agent == Agents.CLAUDE
        ? "{\"mcpServers\":{\"" + NAME + "\":" + entry(call) + "}," + ours.substring(1)
        : ours;
  }

  private static void register(Invocation call, String scope)
      throws IOException, InterruptedException {
    Path claude = ClaudeProgram.onPath("claude", call.console().environment());
    if (claude == null) {
      throw CommandException.failed(
          "there is no program 'claude' on the PATH. Install Claude Code and try again, or add this"
              + " to an .mcp.json yourself:\n"
              + "{\"mcpServers\":{\""
              + NAME
              + "\":"
              + entry(call)
              + "}}");
    }
    registerWith(call, claude, scope);
    call.console()
        .say(
            "Claude Code now has the tools of Flightlog ("
                + scope
                + " scope); see them with: claude mcp list. To undo: claude mcp remove --scope "
                + scope
                + " "
                + NAME);
  }

  /** Replaces an entry of ours that is there already: the same command twice is as once. */
  private static void registerWith(Invocation call, Path claude, String scope)
      throws IOException, InterruptedException {
    var environment = call.console().environment();
    ClaudeProgram.run(
        environment, List.of(claude.toString(), "mcp", "remove", "--scope", scope, NAME));
    ClaudeProgram.Ran added =
        ClaudeProgram.run(
            environment,
            List.of(claude.toString(), "mcp", "add-json", "--scope", scope, NAME, entry(call)));
    if (added.code() != 0) {
      throw CommandException.failed(
          "'claude mcp add-json' ended with " + added.code() + ": " + added.output().strip());
    }
  }

  /** The scope that was asked for: by its name, or by one of the flags. */
  static String scope(Invocation call) {
    @Nullable String named = call.option("--scope");
    boolean project = call.flag("--project");
    boolean user = call.flag("--user");
    if ((named == null ? 0 : 1) + (project ? 1 : 0) + (user ? 1 : 0) > 1) {
      throw CommandException.usage("give one of --user, --project and --scope");
    }
    String scope = project ? "project" : named == null ? "user" : named;
    if (!SCOPES.contains(scope)) {
      throw CommandException.usage(
          "--scope is one of " + String.join(", ", SCOPES) + ", not " + scope);
    }
    return scope;
  }

  /** What Claude Code starts: the launcher that started us, with the home that was named. */
  private static String entry(Invocation call) {
    JsonWriter json = new JsonWriter().beginObject();
    json.key("type").string("stdio").key("command").string(launcher());
    List<String> arguments = new ArrayList<>(List.of("mcp"));
    String home = call.option("--home");
    if (home != null) {
      arguments.addAll(List.of("--home", Path.of(home).toAbsolutePath().normalize().toString()));
    }
    json.key("args").beginArray();
    arguments.forEach(json::string);
    return json.endArray().endObject().toString();
  }

  private static String launcher() {
    return System.getProperty("flightlog.launcher", "flightlog");
  }
}
