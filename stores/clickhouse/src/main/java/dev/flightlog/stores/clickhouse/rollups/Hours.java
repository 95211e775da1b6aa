package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
import java.util.List;

/** Tells of hours how they stand. Stateless; blocks. */
public record Hours(ServerConnection connection, SumTables tables) {

  /** The hours of this time into which something came, oldest first. */
  public List<BuiltHour> of(long since, long until) {
    if (since >= until) {
      return List.of();
    }
    return BuildStates.of(connection, tables, new Stretch(since, until)).states(Level.HOUR).stream()
        .filter(state -> !state.isExpired())
        .map(
            state -> new BuiltHour(state.start(), state.arrived(), state.build(), state.isUsable()))
        .toList();
  }
}
