package dev.flightlog.springbootstarter;

import dev.flightlog.recorder.Content;
import dev.flightlog.recorder.Durability;
import dev.flightlog.recorder.RecorderConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code flightlog.*}. What is not set comes from the environment and the {@code
 * config.json} of the home, as it does for every recorder.
 *
 * @param enabled false for a recorder that records nothing
 * @param home the folder of journals, settings and redaction key; {@code ~/.flightlog} by default
 * @param basePath the folder of the journals, when it is another
 * @param story the story of events that name none
 * @param session the session of events that name none
 * @param durability what a call that records waits for
 * @param content how much of texts is kept
 * @param ring the size of the ring file, a power of two; 0 for none
 * @param maxWait the longest that a call waits for room in the ring
 * @param syncWait the longest that closing waits for the disk
 * @param agents executions of beans with {@code @LogAgentExecution}
 * @param metrics counts of the recorder for Micrometer
 * @param springAi calls of models and tools by Spring AI
 */
@ConfigurationProperties("flightlog")
public record FlightlogProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String home,
    @Nullable String basePath,
    @Nullable String story,
    @Nullable String session,
    @Nullable Durability durability,
    @Nullable Content content,
    @Nullable DataSize ring,
    @Nullable Duration maxWait,
    @Nullable Duration syncWait,
    @DefaultValue Part agents,
    @DefaultValue Part metrics,
    @DefaultValue Part springAi) {
  /** A part that can be turned off alone. */
  public record Part(@DefaultValue("true") boolean enabled) {}

  /**
   * These properties over the environment and the home's {@code config.json}.
   *
   * @throws IllegalArgumentException when a value is out of its range; the message names it
   */
  RecorderConfig recorderConfig(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    put(variables, "FLIGHTLOG_HOME", home);
    put(variables, "FLIGHTLOG_LOGGING_BASE_PATH", basePath);
    put(variables, "FLIGHTLOG_LOGGING_CURRENT_STORY", story);
    RecorderConfig config = RecorderConfig.fromEnvironment(variables);
    config = session == null || session.isBlank() ? config : config.session(session);
    config = durability == null ? config : config.durability(durability);
    config = content == null ? config : config.content(content);
    config = ring == null ? config : config.ring(Math.toIntExact(ring.toBytes()));
    config = maxWait == null ? config : config.maxWait(maxWait);
    return syncWait == null ? config : config.syncWait(syncWait);
  }

  private static void put(Map<String, String> variables, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      variables.put(name, value);
    }
  }
}
