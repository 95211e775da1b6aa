package dev.flightlog.learning.hooks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs the command of a hook as an agent would: by a shell, with an event on its input. */
final class RunHook {
  record Ran(int code, String out, String err) {}

  private final String shell;
  private final String command;

  /**
   * @param trialScript in the folder of trials of a home
   */
  RunHook(String shell, Path trialScript, boolean shortInput) throws IOException {
    this(shell, trialScript, shortInput, "claude");
  }

  /**
   * @param program whose hook it is
   */
  RunHook(String shell, Path trialScript, boolean shortInput, String program) throws IOException {
    this.shell = shell;
    HookScript script = new HookScript(trialScript.resolve("../..").normalize());
    script.write();
    this.command = HookCommand.of(script.path(), program, shortInput);
  }

  Ran with(String event) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(shell, "-c", command).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((event + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The hook may have ended without reading.
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the hook did not end");
    }
    return new Ran(process.exitValue(), out, err);
  }

  static String start(String session) {
    return event(session, "SessionStart", ",\"source\":\"startup\"");
  }

  static String call(String session, String tool, String input, String id) {
    return event(
        session,
        "PreToolUse",
        ",\"tool_name\":\"%s\",\"tool_input\":%s,\"tool_use_id\":\"%s\""
            .formatted(tool, input, id));
  }

  static String after(String session, String event, String tool, String input) {
    return event(
        session,
        event,
        ",\"tool_name\":\"%s\",\"tool_input\":%s,\"tool_use_id\":\"toolu_x\""
            .formatted(tool, input));
  }

  static String event(String session, String name, String more) {
    return "{\"session_id\":\"%s\",\"transcript_path\":\"/h/.claude/x.jsonl\",\"cwd\":\"/home/dev\",\"hook_event_name\":\"%s\"%s}"
        .formatted(session, name, more);
  }
}
