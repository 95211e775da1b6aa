package dev.flightlog.server.http;

import dev.flightlog.server.web.Message;
import dev.flightlog.server.web.MessageOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Messages as server-sent events, as the HTML standard frames them. What a slow reader does not
 * take blocks {@link #flush}, until the connection counts as idle and fails.
 */
final class EventStreamOutput implements MessageOutput {
  /** So much is gathered before it is written anyway. */
  private static final int CHUNK = 64 * 1024;

  private static final String BEGINNING = "retry: 2000\n\n";

  private final OutputStream out;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(1024);

  EventStreamOutput(OutputStream out) {
    this.out = out;
    text(BEGINNING);
  }

  @Override
  public void send(Message message) throws IOException {
    text("event: " + message.kind() + "\n");
    if (message.id() != null) {
      text("id: " + message.id() + "\n");
    }
    text("data: ");
    chunk.writeBytes(message.json());
    text("\n\n");
    if (chunk.size() >= CHUNK) {
      write();
    }
  }

  @Override
  public void place(String id) {
    text("id: " + id + "\n\n");
  }

  @Override
  public void flush() throws IOException {
    write();
    out.flush();
  }

  private void write() throws IOException {
    chunk.writeTo(out);
    chunk.reset();
  }

  private void text(String text) {
    chunk.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
