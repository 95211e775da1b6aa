package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.address.StoreProvider;
import org.jspecify.annotations.Nullable;

/**
 * {@code clickhouse://USER@HOST[:PORT][,HOST…]/DATABASE[?OPTION=VALUE&…]}; see
 * docs/guide/cluster.md for the options. The password is never in the address.
 */
public final class ClickHouseProvider implements StoreProvider {
  private final Environment environment;

  /** Where the password is looked for, if no file is named. */
  @FunctionalInterface
  public interface Environment {
    @Nullable String get(String name);
  }

  /** Looks into the environment of this process. */
  public ClickHouseProvider() {
    this(System::getenv);
  }

  public ClickHouseProvider(Environment environment) {
    this.environment = environment;
  }

  @Override
  public String scheme() {
    return "clickhouse";
  }

  @Override
  public String example() {
    return ServerAddress.EXAMPLE;
  }

  @Override
  public EventStore open(String rest) {
    return ClickHouseStore.open(ServerAddress.read(rest, environment));
  }

  @Override
  public EventStore openForReading(String rest) {
    return ClickHouseStore.openForReading(ServerAddress.read(rest, environment));
  }
}
