package dev.flightlog.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is started. No shell is involved, and nothing of a task's text becomes part of the
 * arguments or the environment.
 *
 * @param name by which tasks are assigned to it
 * @param command program and arguments
 * @param agentType what kind of agent it is, for the task's metadata
 * @param model the model to tell when the agent's output does not
 * @param input how the agent gets the text
 * @param folder where it works; null for a new folder for each task
 * @param environment names of variables it gets beside the usual ones
 * @param timeout how long a run may take
 * @param budgetUsd what a run may cost, in US dollars; null for any amount
 */
public record AgentCommand(
    String name,
    List<String> command,
    @Nullable String agentType,
    @Nullable String model,
    Input input,
    @Nullable Path folder,
    Set<String> environment,
    Duration timeout,
    @Nullable Double budgetUsd) {
  /** How long a run may take unless configured. */
  public static final Duration TIMEOUT = Duration.ofHours(1);

  /** Names that an agent gets whatever is configured; whatever begins with LC_ is added. */
  static final Set<String> USUAL_ENVIRONMENT =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "TZ",
          "TERM",
          "TMPDIR",
          "SSL_CERT_FILE");

  /** How the text gets to the agent. */
  public enum Input {
    /** On standard input. */
    STDIN,
    /** In the file that the variable {@code FLIGHTLOG_TASK_INPUT} names; stdin is empty. */
    FILE
  }

  /**
   * @throws IllegalArgumentException when the command is empty or the time is not above zero
   */
  public AgentCommand {
    command = List.copyOf(command);
    environment = Set.copyOf(environment);
    if (command.isEmpty() || command.getFirst().isEmpty()) {
      throw new IllegalArgumentException("agent " + name + " has no command");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("agent " + name + " has no time: " + timeout);
    }
    if (budgetUsd != null && !(budgetUsd > 0)) {
      throw new IllegalArgumentException("agent " + name + " may cost nothing: " + budgetUsd);
    }
  }

  /** An agent with this command, and the usual of everything else. */
  public static AgentCommand of(String name, List<String> command) {
    return new AgentCommand(name, command, null, null, Input.STDIN, null, Set.of(), TIMEOUT, null);
  }

  public AgentCommand timeout(Duration most) {
    return new AgentCommand(
        name, command, agentType, model, input, folder, environment, most, budgetUsd);
  }

  public AgentCommand folder(Path where) {
    return new AgentCommand(
        name, command, agentType, model, input, where, environment, timeout, budgetUsd);
  }

  /** The same, ended when it costs more. */
  public AgentCommand budget(@Nullable Double usd) {
    return new AgentCommand(
        name, command, agentType, model, input, folder, environment, timeout, usd);
  }
}
