package dev.flightlog.shipping.pull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of {@code ssh}, over which many files are read. For one thread; blocks. */
final class SshConnection implements AutoCloseable {
  private static final int LONGEST_LINE = 16 << 20;
  private static final int MOST_GREETING = 1_000;

  private final RemoteHome remote;
  private final Process process;
  private final BufferedReader in;
  private final OutputStream out;
  private final Thread listener;
  private final Deque<String> errors = new ArrayDeque<>();

  /**
   * @param folder in which the program is started
   * @param environment of the program besides, with its PATH
   */
  SshConnection(RemoteHome remote, Path folder, Map<String, String> environment) {
    this.remote = remote;
    ProcessBuilder builder = new ProcessBuilder(remote.command()).directory(folder.toFile());
    builder.environment().putAll(environment);
    try {
      String path = environment.get("PATH");
      if (path != null) {
        builder.command().set(0, program(path));
      }
      process = builder.start();
    } catch (IOException e) {
      throw new PullException(
          "the program ssh cannot be started (" + e.getMessage() + "): install OpenSSH's client",
          false);
    }
    in =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    out = process.getOutputStream();
    listener = Thread.ofPlatform().daemon().name("flightlog-ssh-errors").start(this::listen);
    greet();
  }

  private static String program(String path) {
    for (String folder : path.split(java.io.File.pathSeparator, -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder).resolve("ssh");
      if (java.nio.file.Files.isExecutable(file)) {
        return file.toAbsolutePath().toString();
      }
    }
    return "ssh";
  }

  private void listen() {
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        synchronized (errors) {
          errors.addLast(RemoteHome.shown(line.strip()));
          if (errors.size() > 5) {
            errors.removeFirst();
          }
        }
      }
    } catch (IOException e) {
      // The process has ended.
    }
  }

  private void greet() {
    for (int i = 0; i < MOST_GREETING; i++) {
      String line = line(false);
      if (line.equals(RemoteShell.HELLO)) {
        return;
      }
    }
    throw new PullException(
        remote.host() + " says too much before the shell begins; make its profile quiet", false);
  }

  /** The answer to a request, a line each. */
  List<String> ask(String verb, long from, long count, String path) {
    try {
      out.write(
          (verb + "\n" + from + "\n" + count + "\n" + path + "\n")
              .getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw failed(true);
    }
    List<String> lines = new ArrayList<>();
    for (String line = line(true); !line.equals("."); line = line(true)) {
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** So many bytes of a file, or fewer at its end. */
  byte[] get(long from, long count, String path) {
    String text = String.join("", ask("get", from, count, path));
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new PullException(
          "the answer of "
              + remote.host()
              + " cannot be read; has it the programs tail, head and base64?",
          false);
    }
  }

  private String line(boolean began) {
    try {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); ; c = in.read()) {
        if (c < 0) {
          throw failed(began);
        }
        if (c == '\n') {
          return line.toString();
        }
        if (line.length() >= LONGEST_LINE) {
          throw new PullException(remote.host() + " answers with a line without an end", false);
        }
        line.append((char) c);
      }
    } catch (IOException e) {
      throw failed(began);
    }
  }

  private PullException failed(boolean began) {
    try {
      process.waitFor(2, TimeUnit.SECONDS);
      listener.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String told;
    synchronized (errors) {
      told = String.join("; ", errors);
    }
    return new PullException(
        began
            ? "the connection to "
                + remote.host()
                + " broke off"
                + (told.isEmpty() ? "" : ": " + told)
            : remote.host()
                + " cannot be reached: "
                + (told.isEmpty() ? "ssh ended without a word" : told)
                + "; try: ssh "
                + remote.host(),
        began);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // It has ended.
    }
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
