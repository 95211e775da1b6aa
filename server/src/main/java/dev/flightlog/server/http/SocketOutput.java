package dev.flightlog.server.http;

import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Message;
import dev.flightlog.server.web.MessageOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * Messages over one WebSocket: each is a text message, one JSON object with {@code kind}, {@code
 * id} and {@code data}. They are sent by a virtual thread of its own, which waits after each lot
 * until the connection has taken it; so little is ever queued.
 */
public final class SocketOutput implements Session.Listener.AutoDemanding, MessageOutput {
  private static final int CHUNK = 64 * 1024;

  private final Content.Messages messages;
  private final Duration idle;
  private final List<CompletableFuture<@Nullable Void>> sent = new ArrayList<>();
  private volatile @Nullable Session session;
  private volatile @Nullable Thread sender;
  private int chunk;

  /**
   * @param idle how long a reader may take nothing
   */
  SocketOutput(Content.Messages messages, Duration idle) {
    this.messages = messages;
    this.idle = idle;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    sender = Thread.ofVirtual().name("flightlog-socket").start(() -> sendAll(opened));
  }

  private void sendAll(Session to) {
    try {
      messages.sendTo(this);
      to.close(StatusCode.NORMAL, "the last message says why", Callback.NOOP);
    } catch (IOException | RuntimeException e) {
      // The reader has gone, or takes nothing: it goes on behind the last message that it has.
      to.disconnect();
    }
  }

  @Override
  public void onWebSocketText(String message) {
    refuse();
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    refuse();
  }

  private void refuse() {
    Session opened = session;
    if (opened != null) {
      opened.close(StatusCode.BAD_DATA, "this stream only sends", Callback.NOOP);
    }
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    Thread running = sender;
    if (running != null) {
      running.interrupt();
    }
    callback.succeed();
  }

  @Override
  public void send(Message message) throws IOException {
    StringBuilder text = new StringBuilder(message.json().length + 100);
    text.append("{\"kind\":\"").append(message.kind()).append('"');
    if (message.id() != null) {
      text.append(",\"id\":\"").append(message.id()).append('"');
    }
    text.append(",\"data\":").append(new String(message.json(), StandardCharsets.UTF_8));
    text(text.append('}').toString());
  }

  @Override
  public void place(String id) throws IOException {
    text("{\"kind\":\"place\",\"id\":\"" + id + "\"}");
  }

  private void text(String text) throws IOException {
    Session to = session;
    if (to == null || !to.isOpen()) {
      throw new IOException("the connection is closed");
    }
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    to.sendText(text, Callback.from(() -> done.complete(null), done::completeExceptionally));
    sent.add(done);
    chunk += text.length();
    if (chunk > CHUNK) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      for (CompletableFuture<@Nullable Void> one : sent) {
        one.get(idle.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the connection was closed");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("the reader took nothing for " + idle.toSeconds() + " s", e);
    } finally {
      sent.clear();
      chunk = 0;
    }
  }
}
