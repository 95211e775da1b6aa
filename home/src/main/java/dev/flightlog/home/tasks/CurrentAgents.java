package dev.flightlog.home.tasks;

import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.worker.Agents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The agents of {@code config.json} as it is now: it is read again whenever the file has changed.
 * As long as the file is wrong, which {@link dev.flightlog.home.ConfigWatch} tells, the agents of
 * before go on. Safe for any thread.
 */
public final class CurrentAgents implements Supplier<Agents> {
  private final Home home;
  private final Path file;
  private Agents agents;
  private String state;

  /**
   * @throws HomeException when the agents are not described as they must be
   */
  public CurrentAgents(Home home) {
    this.home = home;
    file = home.file("config.json");
    state = state();
    agents = agents(home);
  }

  private static Agents agents(Home home) {
    Map<String, dev.flightlog.worker.AgentCommand> all = AgentSettings.of(home.settings());
    return new Agents(all, AgentSettings.byDefault(home.settings(), all));
  }

  @Override
  public synchronized Agents get() {
    String now = state();
    if (!now.equals(state)) {
      state = now;
      try {
        agents = agents(home.reloaded());
      } catch (HomeException wrong) {
        return agents;
      }
    }
    return agents;
  }

  /** A text that is another one whenever the file is. */
  private String state() {
    try {
      BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
      return of.fileKey() + " " + of.size() + " " + of.lastModifiedTime();
    } catch (IOException e) {
      return "no file";
    }
  }
}
