package dev.flightlog.benchmarks.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.flightlog.benchmarks.generated.ToolCall;
import dev.flightlog.event.EventIds;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a careful programmer writes without a logging library: Jackson's generator into a buffer of
 * the thread, then under a lock one {@code write} of the whole line, so that it outlives the
 * process.
 */
final class JacksonContender implements Contender {
  private final JsonFactory factory = new JsonFactory();
  private final FileOutputStream out;
  private final ThreadLocal<@Nullable Pen> pens = new ThreadLocal<>();

  JacksonContender(Path file) throws IOException {
    out = new FileOutputStream(file.toFile(), true);
  }

  private static final class Pen {
    private final ByteArrayBuilder line = new ByteArrayBuilder(1024);
    private final EventIds ids = new EventIds();
    private final byte[] id = new byte[EventIds.LENGTH];
    private Attribution attribution;

    private Pen(Attribution attribution) {
      this.attribution = attribution;
    }
  }

  @Override
  public void enter(Attribution attribution) {
    pens.set(new Pen(attribution));
  }

  @Override
  public void log(ToolCall call, Among among) {
    Pen pen = pens.get();
    if (pen != null) {
      pen.attribution = among.who();
    }
    log(call, among.story());
  }

  @Override
  public void log(ToolCall call) {
    log(call, (String) null);
  }

  private void log(ToolCall call, @Nullable String story) {
    Pen pen = pens.get();
    if (pen == null) {
      throw new IllegalStateException("enter first");
    }
    try {
      byte[] line = encode(pen, call, story);
      synchronized (out) {
        out.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] encode(Pen pen, ToolCall call, @Nullable String story) throws IOException {
    Instant now = Instant.now();
    pen.line.reset();
    pen.ids.next(now.toEpochMilli(), pen.id, 0);
    try (JsonGenerator json = factory.createGenerator(pen.line)) {
      json.writeStartObject();
      json.writeStringField("id", new String(pen.id, StandardCharsets.US_ASCII));
      json.writeStringField("timestamp", now.truncatedTo(ChronoUnit.MICROS).toString());
      json.writeStringField("event_type", "tool_call");
      json.writeStringField("category", "execution");
      json.writeStringField("session_id", pen.attribution.session());
      json.writeStringField("story_id", Attribution.STORY);
      json.writeStringField("workflow_id", pen.attribution.workflow());
      json.writeStringField("agent_name", pen.attribution.agent());
      json.writeNumberField("duration_ms", call.durationMs());
      json.writeNumberField("tokens_used", call.tokens());
      json.writeBooleanField("success", call.success());
      json.writeObjectFieldStart("details");
      json.writeStringField("tool", call.tool());
      if (story != null) {
        json.writeStringField("story", story);
      }
      json.writeStringField("input", call.input());
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return pen.line.toByteArray();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
