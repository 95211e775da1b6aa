package dev.flightlog.benchmarks.recording;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.FileAppender;
import dev.flightlog.benchmarks.generated.ToolCall;
import dev.flightlog.event.EventIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logback with its JSON encoder and key-value pairs; attribution in the MDC. The asynchronous one
 * has a queue of 8,192 and drops nothing ({@code discardingThreshold} 0): with the default it drops
 * events of level INFO when the queue is four fifths full.
 */
final class LogbackContender implements Contender {
  private final LoggerContext context = new LoggerContext();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  private final Logger logger;
  private final ThreadLocal<EventIds> ids = ThreadLocal.withInitial(EventIds::new);

  LogbackContender(Path file, boolean async) {
    context.setMDCAdapter(mdc);
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithLevel(false);
    encoder.setWithThreadName(false);
    encoder.setWithLoggerName(false);
    encoder.setWithContext(false);
    encoder.setWithArguments(false);
    encoder.setWithThrowable(false);
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setFile(file.toString());
    appender.start();
    logger = context.getLogger("benchmark");
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    if (async) {
      AsyncAppender queue = new AsyncAppender();
      queue.setContext(context);
      queue.setQueueSize(8192);
      queue.setDiscardingThreshold(0);
      // The default gives up after a second and loses what is left in the queue.
      queue.setMaxFlushTime(0);
      queue.addAppender(appender);
      queue.start();
      logger.addAppender(queue);
    } else {
      logger.addAppender(appender);
    }
    context.start();
  }

  @Override
  public void enter(Attribution attribution) {
    mdc.put("session_id", attribution.session());
    mdc.put("story_id", Attribution.STORY);
    mdc.put("workflow_id", attribution.workflow());
    mdc.put("agent_name", attribution.agent());
  }

  @Override
  public void log(ToolCall call, Among among) {
    enter(among.who());
    described(call).addKeyValue("story", among.story()).log();
  }

  @Override
  public void log(ToolCall call) {
    described(call).log();
  }

  private LoggingEventBuilder described(ToolCall call) {
    byte[] id = new byte[EventIds.LENGTH];
    ids.get().next(System.currentTimeMillis(), id, 0);
    return logger
        .atInfo()
        .setMessage("tool_call")
        .addKeyValue("id", new String(id, StandardCharsets.US_ASCII))
        .addKeyValue("category", "execution")
        .addKeyValue("duration_ms", call.durationMs())
        .addKeyValue("tokens_used", call.tokens())
        .addKeyValue("success", call.success())
        .addKeyValue("tool", call.tool())
        .addKeyValue("input", call.input());
  }

  @Override
  public void close() {
    context.stop();
  }
}
