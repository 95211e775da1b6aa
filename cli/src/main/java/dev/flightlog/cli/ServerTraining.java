package dev.flightlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Console;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The run from which the ahead-of-time cache of servers is made: a server over the bundled
 * sessions, of which pages, questions and intake are asked once, and a session of {@code mcp}.
 */
public final class ServerTraining {
  private static final List<String> PATHS =
      List.of(
          "/",
          "/overview",
          "/sessions",
          "/agents",
          "/stories",
          "/patterns",
          "/runs",
          "/search",
          "/tasks",
          "/rules",
          "/health",
          "/health/ready",
          "/metrics",
          "/api/openapi.json",
          "/api/events",
          "/api/ask/errors",
          "/api/ask/tools",
          "/api/ask/now?format=text");

  private static final List<String> MESSAGES =
      List.of(
          """
          {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
          "capabilities":{},"clientInfo":{"name":"training","version":"1"}}}
          """,
          """
          {"jsonrpc":"2.0","method":"notifications/initialized"}
          """,
          """
          {"jsonrpc":"2.0","id":2,"method":"tools/list"}
          """,
          """
          {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"errors","arguments":{}}}
          """);

  private static final int PATIENCE_MS = 60_000;

  private final Map<String, String> environment;
  private final String home;

  private ServerTraining(String folder) {
    environment = Map.of("HOME", folder);
    home = folder + "/home";
  }

  /** Takes the folder to work in. Exits with 1 when the server did not answer as it should. */
  public static void main(String[] words) {
    try {
      ServerTraining training = new ServerTraining(words[0]);
      training.run(InputStream.nullInputStream(), System.out, "quickstart", "--no-serve");
      training.converse();
      training.serve();
    } catch (Exception e) {
      System.err.println("training of the server failed: " + e);
      // A server's hook would make it a success.
      Runtime.getRuntime().halt(1);
    }
  }

  private int run(InputStream in, OutputStream to, String... words) {
    String[] call = List.of(words).toArray(new String[words.length + 2]);
    call[words.length] = "--home";
    call[words.length + 1] = words[0].equals("quickstart") ? home : home + "/samples";
    PrintStream out = new PrintStream(to, false, UTF_8);
    int code =
        Main.run(
            call, new Console(in, out, System.err, environment, Clock.systemUTC(), false, null));
    out.flush();
    return code;
  }

  /** One session over standard input, as agents begin it. */
  private void converse() {
    byte[] messages = String.join("", MESSAGES).getBytes(UTF_8);
    if (run(new ByteArrayInputStream(messages), System.out, "mcp") == CommandException.FAILED) {
      throw new IllegalStateException("no session of mcp");
    }
  }

  private void serve() throws IOException, InterruptedException {
    try (PipedOutputStream to = new PipedOutputStream();
        BufferedReader said =
            new BufferedReader(new InputStreamReader(new PipedInputStream(to), UTF_8))) {
      Thread server =
          Thread.ofPlatform()
              .name("flightlog-training")
              .start(() -> {
                try (to) {
                  run(InputStream.nullInputStream(), to, "serve", "--port", "0");
                } catch (IOException e) {
                  // The other end was closed first: nobody reads on.
                }
              });
      String line = said.readLine();
      if (line == null) {
        throw new IllegalStateException("it did not start");
      }
      URI address = URI.create(line.substring(line.indexOf("http://")));
      for (String path : PATHS) {
        request(address.resolve(path), null);
      }
      request(address.resolve("/v1/events"), "{\"event_type\":\"training_step\"}");
      request(address.resolve("/mcp"), MESSAGES.getFirst());
      server.interrupt(); // as a signal: it closes in order
      server.join();
    }
  }

  private static void request(URI address, @Nullable String body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MS);
    connection.setReadTimeout(PATIENCE_MS);
    if (body != null) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setRequestProperty("Accept", "application/json, text/event-stream");
      connection.getOutputStream().write(body.getBytes(UTF_8));
    }
    if (connection.getResponseCode() >= 300) {
      throw new IOException(address.getPath() + " answered " + connection.getResponseCode());
    }
    try (InputStream answer = connection.getInputStream()) {
      answer.transferTo(OutputStream.nullOutputStream());
    }
  }
}
