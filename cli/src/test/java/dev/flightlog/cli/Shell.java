package dev.flightlog.cli;

import dev.flightlog.cli.command.Console;
import dev.flightlog.wording.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the program as a shell would, with a home of its own, and keeps what it printed. */
final class Shell {
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  final Path user;
  final Path home;
  final Map<String, String> environment = new HashMap<>();
  Instant now = NOW;
  @Nullable Screen screen;
  String out = "";
  String err = "";

  Shell(Path user) {
    this.user = user;
    this.home = user.resolve(".flightlog");
    environment.put("HOME", user.toString());
  }

  int call(String... words) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(outBytes, false, StandardCharsets.UTF_8),
            new PrintStream(errBytes, false, StandardCharsets.UTF_8),
            environment,
            Clock.fixed(now, ZoneOffset.UTC),
            false,
            screen);
    int code = Main.run(words, console);
    console.out().flush();
    console.err().flush();
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return code;
  }

  /** A transcript with one call of Bash that failed with this output. */
  Path transcript(String name, String output) throws IOException {
    String id = name.replaceAll("[^a-z0-9]", "");
    String call =
        "{\"type\":\"assistant\",\"uuid\":\"a-%1$s\",\"sessionId\":\"s-%1$s\",\"cwd\":\"/home/dev/shop\",\"gitBranch\":\"feature-x\",\"timestamp\":\"2026-05-31T10:00:00.000Z\",\"requestId\":\"r-%1$s\",\"message\":{\"id\":\"m-%1$s\",\"role\":\"assistant\",\"model\":\"claude-opus-4-6\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_%1$s\",\"name\":\"Bash\",\"input\":{\"command\":\"make\"}}],\"usage\":{\"input_tokens\":10,\"output_tokens\":20,\"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":0}}}"
            .formatted(id);
    String result =
        "{\"type\":\"user\",\"uuid\":\"b-%1$s\",\"sessionId\":\"s-%1$s\",\"cwd\":\"/home/dev/shop\",\"gitBranch\":\"feature-x\",\"timestamp\":\"2026-05-31T10:00:02.000Z\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_%1$s\",\"is_error\":true,\"content\":%2$s}]}}"
            .formatted(id, json(output));
    Path file = user.resolve("projects/-home-dev-shop").resolve(name + ".jsonl");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, call + "\n" + result + "\n");
  }

  static String json(String text) {
    return new dev.flightlog.event.json.JsonWriter().string(text).toString();
  }

  /** Every file below the user's folder whose bytes hold this text. */
  List<Path> filesWith(String text, Path but) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    List<Path> found = new ArrayList<>();
    try (var files = Files.walk(user)) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(path -> !path.startsWith(but)).toList()) {
        if (indexOf(Files.readAllBytes(file), wanted) >= 0) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      int k = 0;
      while (k < wanted.length && bytes[i + k] == wanted[k]) {
        k++;
      }
      if (k == wanted.length) {
        return i;
      }
    }
    return -1;
  }
}
