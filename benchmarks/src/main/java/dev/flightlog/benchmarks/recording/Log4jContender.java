package dev.flightlog.benchmarks.recording;

import dev.flightlog.benchmarks.generated.ToolCall;
import dev.flightlog.event.EventIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.apache.logging.log4j.message.MapMessage;

/**
 * Log4j 2 with its JSON template layout and random access file appender, the fastest it has;
 * attribution in the thread context. Whether all loggers are asynchronous is decided when its
 * process starts.
 */
final class Log4jContender implements Contender {
  private static final String TEMPLATE =
      """
      {
        "id": {"$resolver": "map", "key": "id"},
        "timestamp": {"$resolver": "timestamp",
          "pattern": {"format": "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", "timeZone": "UTC"}},
        "event_type": {"$resolver": "map", "key": "event_type"},
        "category": {"$resolver": "map", "key": "category"},
        "session_id": {"$resolver": "mdc", "key": "session_id"},
        "story_id": {"$resolver": "mdc", "key": "story_id"},
        "workflow_id": {"$resolver": "mdc", "key": "workflow_id"},
        "agent_name": {"$resolver": "mdc", "key": "agent_name"},
        "duration_ms": {"$resolver": "map", "key": "duration_ms"},
        "tokens_used": {"$resolver": "map", "key": "tokens_used"},
        "success": {"$resolver": "map", "key": "success"},
        "details": {
          "tool": {"$resolver": "map", "key": "tool"},
          "story": {"$resolver": "map", "key": "story"},
          "input": {"$resolver": "map", "key": "input"}
        }
      }
      """;

  private final LoggerContext context;
  private final Logger logger;
  private final ThreadLocal<EventIds> ids = ThreadLocal.withInitial(EventIds::new);

  /** Values of any type, which the layout writes as JSON of that type. */
  private static final class Fields extends MapMessage<Fields, Object> {
    private static final long serialVersionUID = 1;

    private Fields() {
      super(16);
    }
  }

  Log4jContender(Path file, boolean async, boolean immediateFlush) {
    ConfigurationBuilder<BuiltConfiguration> builder =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    builder.setStatusLevel(Level.ERROR);
    builder.add(
        builder
            .newAppender("file", "RandomAccessFile")
            .addAttribute("fileName", file.toString())
            .addAttribute("immediateFlush", immediateFlush)
            .add(builder.newLayout("JsonTemplateLayout").addAttribute("eventTemplate", TEMPLATE)));
    builder.add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("file")));
    context = Configurator.initialize(builder.build());
    logger = LogManager.getLogger("benchmark");
    boolean really = logger.getClass().getSimpleName().equals("AsyncLogger");
    if (really != async) {
      throw new IllegalStateException("asked for async " + async + ", got " + logger.getClass());
    }
  }

  @Override
  public void enter(Attribution attribution) {
    ThreadContext.put("session_id", attribution.session());
    ThreadContext.put("story_id", Attribution.STORY);
    ThreadContext.put("workflow_id", attribution.workflow());
    ThreadContext.put("agent_name", attribution.agent());
  }

  @Override
  public void log(ToolCall call, Among among) {
    enter(among.who());
    logger.info(fields(call).with("story", among.story()));
  }

  @Override
  public void log(ToolCall call) {
    logger.info(fields(call));
  }

  private Fields fields(ToolCall call) {
    byte[] id = new byte[EventIds.LENGTH];
    ids.get().next(System.currentTimeMillis(), id, 0);
    return new Fields()
        .with("id", new String(id, StandardCharsets.US_ASCII))
        .with("event_type", "tool_call")
        .with("category", "execution")
        .with("duration_ms", (Object) call.durationMs())
        .with("tokens_used", (Object) call.tokens())
        .with("success", (Object) call.success())
        .with("tool", call.tool())
        .with("input", call.input());
  }

  @Override
  public void close() {
    if (!Configurator.shutdown(context, 10, TimeUnit.MINUTES)) {
      throw new IllegalStateException("Log4j did not finish in ten minutes");
    }
  }
}
