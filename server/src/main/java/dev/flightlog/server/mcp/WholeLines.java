package dev.flightlog.server.mcp;

import dev.flightlog.event.files.LineSplitter;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client's pipes and the library's transport, which gives up at the first line it
 * cannot read, and drops what it is still working at when the input ends. Here a bad line is
 * answered with a JSON-RPC error and goes no further, what a client leaves out of the handshake is
 * said for it, and the end of the input is passed on only when every request that came before it
 * has been answered.
 */
final class WholeLines {
  private static final int LONGEST = 4 * 1024 * 1024;

  /** How long, after the end of the input, an answer may let itself be waited for. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);

  private static final int PARSE_ERROR = -32700;
  private static final byte[] END = {};
  private static final String INITIALIZED = "notifications/initialized";
  private static final String OWN_ID = "flightlog-initialize";
  private static final String INTRODUCTION =
      "{\"jsonrpc\":\"2.0\",\"id\":\""
          + OWN_ID
          + "\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
          + "\"capabilities\":{},\"clientInfo\":{\"name\":\"unknown\",\"version\":\"0\"}}}";

  private final McpJsonMapper mapper = McpJsonDefaults.getMapper();
  private final InputStream in;
  private final OutputStream out;
  private final BlockingQueue<byte[]> good = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int unanswered;
  private long lastCounted;
  private boolean introduced;
  private boolean ready;

  WholeLines(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
    Thread.ofVirtual().name("flightlog-mcp-input").start(this::readAll);
  }

  /** The lines that are messages. */
  InputStream input() {
    return new Messages();
  }

  /** Takes whole lines to the client. */
  OutputStream output() {
    return new Answers();
  }

  /** Waits until the input has ended and everything was answered. */
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  private void readAll() {
    LineSplitter lines = new LineSplitter(LONGEST, new Requests());
    byte[] chunk = new byte[8192];
    try {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        lines.take(chunk, 0, n);
      }
      lines.end();
    } catch (IOException e) {
      // The client has gone: the same as the end.
    } finally {
      waitForAnswers();
      good.add(END);
      ended.countDown();
    }
  }

  /** The lines of the client. */
  private final class Requests implements LineSplitter.Sink {
    @Override
    public void line(byte[] bytes, int from, int to) throws IOException {
      take(new String(bytes, from, to - from, StandardCharsets.UTF_8).strip());
    }

    @Override
    public void piece(byte[] bytes, int from, int to, boolean last) throws IOException {
      if (last) {
        refuse("a message has at most " + LONGEST + " bytes");
      }
    }
  }

  private void take(String line) throws IOException {
    if (line.isEmpty()) {
      return;
    }
    JSONRPCMessage message = null;
    try {
      message = McpSchema.deserializeJsonRpcMessage(mapper, line);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      message = null;
    }
    if (message == null || isWithoutMethod(message)) {
      refuse("not a JSON-RPC message");
      return;
    }
    if (message instanceof JSONRPCRequest request) {
      count(1);
      greet(request.method());
    } else if (message instanceof JSONRPCNotification notification) {
      ready |= notification.method().equals(INITIALIZED);
    }
    pass(line);
  }

  private static boolean isWithoutMethod(JSONRPCMessage message) {
    // The library lets null through where its types say that there is none.
    return switch (message) {
      case JSONRPCRequest request -> Objects.isNull(request.method());
      case JSONRPCNotification notification -> Objects.isNull(notification.method());
      default -> false;
    };
  }

  private void pass(String line) {
    good.add((line + '\n').getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Says for a client what it left out of the handshake before it asks: the library would wait for
   * it without a word.
   */
  private void greet(String method) {
    if (method.equals("initialize")) {
      introduced = true;
    } else if (!ready && !method.equals("ping")) {
      if (!introduced) {
        introduced = true;
        count(1);
        pass(INTRODUCTION);
      }
      ready = true;
      pass("{\"jsonrpc\":\"2.0\",\"method\":\"" + INITIALIZED + "\"}");
    }
  }

  private void refuse(String why) throws IOException {
    String error =
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":"
            + PARSE_ERROR
            + ",\"message\":\""
            + why
            + "\"}}\n";
    write(error.getBytes(StandardCharsets.UTF_8));
  }

  private void write(byte[] line) throws IOException {
    synchronized (out) {
      out.write(line);
      out.flush();
    }
  }

  private synchronized void count(int more) {
    unanswered += more;
    lastCounted = System.nanoTime();
    notifyAll();
  }

  private synchronized void waitForAnswers() {
    lastCounted = System.nanoTime();
    try {
      for (long left = 1; unanswered > 0 && left > 0; left = patience()) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long patience() {
    return lastCounted + LAST_ANSWERS.toNanos() - System.nanoTime();
  }

  private final class Messages extends InputStream {
    private byte @Nullable [] line = null;
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      byte[] current = line;
      if (current == null || (at == current.length && current != END)) {
        try {
          current = good.take();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        }
        line = current;
        at = 0;
      }
      if (current == END) {
        return -1;
      }
      int count = Math.min(length, current.length - at);
      System.arraycopy(current, at, into, offset, count);
      at += count;
      return count;
    }
  }

  /** The lines of the library. */
  private final class Answers extends OutputStream implements LineSplitter.Sink {
    private final LineSplitter lines = new LineSplitter(Integer.MAX_VALUE - 8, this);

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      lines.take(bytes, offset, offset + length);
    }

    @Override
    public void line(byte[] bytes, int from, int to) throws IOException {
      String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      boolean response =
          McpSchema.deserializeJsonRpcMessage(mapper, text) instanceof JSONRPCResponse answer
              && !OWN_ID.equals(answer.id());
      try {
        if (response || !text.contains(OWN_ID)) {
          WholeLines.this.write((text + '\n').getBytes(StandardCharsets.UTF_8));
        }
      } finally {
        if (response || text.contains(OWN_ID)) {
          count(-1);
        }
      }
    }

    @Override
    public void piece(byte[] bytes, int from, int to, boolean last) throws IOException {
      throw new IOException("an answer of more than two gigabytes");
    }
  }
}
