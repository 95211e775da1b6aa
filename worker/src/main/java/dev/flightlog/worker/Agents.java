package dev.flightlog.worker;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configured agents at one moment. Immutable.
 *
 * @param byName by the names that tasks are assigned to
 * @param byDefault who gets a task that names no agent; null: such a task fails
 */
public record Agents(Map<String, AgentCommand> byName, @Nullable String byDefault) {
  public Agents(Map<String, AgentCommand> byName, @Nullable String byDefault) {
    this.byName = Map.copyOf(byName);
    this.byDefault = byDefault;
  }

  /** The agent of this name, or of none; nothing when there is no such agent. */
  Optional<AgentCommand> find(@Nullable String name) {
    String wanted = name == null ? byDefault : name;
    return wanted == null ? Optional.empty() : Optional.ofNullable(byName.get(wanted));
  }
}
