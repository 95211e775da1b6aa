package dev.flightlog.webhooks.provider;

import dev.flightlog.webhooks.command.Command;
import dev.flightlog.webhooks.command.CommandPatterns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one provider.
 *
 * @param bot the bot's name: its login on GitHub, {@code @name} in patterns everywhere
 * @param botIds ids that are the bot: Slack user ids, Jira account ids
 * @param labels what a label asks for: label to command, case counts
 * @param agents which agent handles a command; those not named get the default
 * @param defaultAgent null when the worker decides
 */
public record ProviderCommands(
    String bot,
    List<String> botIds,
    CommandPatterns patterns,
    Map<String, String> labels,
    Permission permission,
    Map<String, String> agents,
    @Nullable String defaultAgent) {
  public ProviderCommands {
    botIds = List.copyOf(botIds);
    labels = Map.copyOf(labels);
    agents = Map.copyOf(agents);
  }

  /**
   * The command in the message.
   *
   * @throws CommandPatterns.RunawayPatternException when a pattern cost more than its bound
   */
  public Optional<Command> find(Message.Request message) {
    return switch (message) {
      case Message.Labeled labeled ->
          Optional.ofNullable(labels.get(labeled.label()))
              .map(name -> new Command(name, labeled.label()));
      case Message.Written written -> patterns.find(written.lines());
    };
  }

  /** Who handles this command; null when the worker decides. */
  public @Nullable String agentFor(Command command) {
    return agents.getOrDefault(command.name(), defaultAgent);
  }
}
