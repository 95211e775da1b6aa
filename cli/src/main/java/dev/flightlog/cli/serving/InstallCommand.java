package dev.flightlog.cli.serving;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.event.json.JsonWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code install claude}: makes the questions known to Claude Code, through Claude Code's own
 * command, and puts the hooks of trials into its settings, by consent.
 */
public final class InstallCommand implements Command {
  private static final String NAME = "flightlog";
  static final List<String> SCOPES = List.of("user", "project", "local");

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "install",
            "Register the MCP server with Claude Code, so that it can ask, too, and show the hooks by"
                + " which rules are tried (flightlog rules approve --trial); --yes writes them into"
                + " its settings. systemd and cron: have weeks revised on their day without a server.")
        .takes("claude|systemd|cron", 1, 1)
        .with(
            Option.text(
                "--scope",
                "SCOPE",
                "user (all your projects, the default), project (.mcp.json, shared), local"),
            Option.flag("--user", "the same as --scope user"),
            Option.flag("--project", "the same as --scope project"),
            Option.flag("--yes", "write it; without, only the difference is shown"),
            Option.flag("--hooks", "only the hooks"),
            Option.flag("--print", "only print the entry for an mcpServers file, change nothing"))
        .example(
            "flightlog install claude --yes",
            "flightlog install claude --project --hooks --yes",
            "flightlog install claude --print",
            "flightlog install systemd --yes");
  }

  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    String what = call.arguments().getFirst();
    switch (what) {
      case "claude" -> {}
      case "systemd" -> {
        return new ScheduleInstall(call).systemd();
      }
      case "cron" -> {
        return new ScheduleInstall(call).cron();
      }
      default ->
          throw CommandException.usage(
              "there is nothing to install for '"
                  + what
                  + "'; there are: claude, systemd and cron");
    }
    String scope = ClaudeHooks.scope(call);
    String entry = entry(call);
    if (call.flag("--print")) {
      call.console().out().println("{\"mcpServers\":{\"" + NAME + "\":" + entry + "}}");
      return CommandException.OK;
    }
    ClaudeHooks hooks = new ClaudeHooks(call, scope);
    hooks.install(hooks.planned());
    if (call.flag("--hooks")) {
      return CommandException.OK;
    }
    Path claude = onPath("claude", call.console().environment());
    if (claude == null) {
      throw CommandException.failed(
          "there is no program 'claude' on the PATH. Install Claude Code and try again, or add this"
              + " to an .mcp.json yourself:\n"
              + "{\"mcpServers\":{\""
              + NAME
              + "\":"
              + entry
              + "}}");
    }
    register(call, claude, scope, entry);
    call.console()
        .say(
            "Claude Code now has the tools of Flightlog ("
                + scope
                + " scope); see them with: claude mcp list. To undo: claude mcp remove --scope "
                + scope
                + " "
                + NAME);
    return CommandException.OK;
  }

  /** Replaces an entry of ours that is there already: the same command twice is as once. */
  private static void register(Invocation call, Path claude, String scope, String entry)
      throws IOException, InterruptedException {
    run(call, List.of(claude.toString(), "mcp", "remove", "--scope", scope, NAME));
    Ran added =
        run(call, List.of(claude.toString(), "mcp", "add-json", "--scope", scope, NAME, entry));
    if (added.code() != 0) {
      throw CommandException.failed(
          "'claude mcp add-json' ended with " + added.code() + ": " + added.output().strip());
    }
  }

  private record Ran(int code, String output) {}

  private static Ran run(Invocation call, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(call.console().environment());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    return new Ran(process.waitFor(), output);
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

  private static @Nullable Path onPath(String program, Map<String, String> environment) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return file.toAbsolutePath();
      }
    }
    return null;
  }
}
