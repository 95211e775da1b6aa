package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.store.Dimension;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.BuildStates.State;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells by what the words of each time can be looked for. A length whose words were noted once is
 * used although something came since: the hours into which it came are looked into whole.
 * Stateless; blocks.
 */
public record SearchPlaces(ServerConnection connection, SumTables tables) {
  private static final long HOUR = Dimension.Span.HOUR.micros();

  /**
   * One day or hour, or the part of a block that is one day.
   *
   * @param level by which words were noted
   * @param start of the length of this level
   * @param build of its words; 0 when they were not noted
   * @param within the parts of the length that lie in this place, a bit for each
   * @param whole those of them that have to be looked into whatever the words are
   * @param arrived about how many events lie in all of {@code within}
   */
  public record SearchPlace(
      Level level, long start, long build, long within, long whole, long arrived) {

    /** About how many events have to be looked at, whatever the words are. */
    public long waiting() {
      return arrived * Long.bitCount(whole) / Math.max(1, Long.bitCount(within));
    }
  }

  /** The places of this time into which something came, oldest first. */
  public List<SearchPlace> of(long since, long until) {
    if (since >= until) {
      return List.of();
    }
    BuildStates states = BuildStates.of(connection, tables, new Stretch(since, until));
    Map<Long, State> notedDays = noted(states, Level.DAY);
    Map<Long, State> notedBlocks = noted(states, Level.BLOCK);
    Map<Long, List<State>> days = new TreeMap<>();
    for (State hour : states.states(Level.HOUR, BuildKind.WORDS)) {
      if (!hour.isExpired()) {
        days.computeIfAbsent(Level.DAY.startOf(hour.start()), _ -> new ArrayList<>()).add(hour);
      }
    }
    List<SearchPlace> places = new ArrayList<>();
    days.forEach((day, hours) -> {
      State whole = notedDays.get(day);
      State block = notedBlocks.get(Level.BLOCK.startOf(day));
      if (hours.stream().anyMatch(State::isBuilt)) {
        hours.forEach(hour -> places.add(hour(hour)));
      } else if (whole != null && whole.isBuilt()) {
        places.add(within(Level.DAY, whole, hours));
      } else if (block != null && block.isBuilt()) {
        places.add(within(Level.BLOCK, block, hours));
      } else {
        hours.forEach(hour -> places.add(hour(hour)));
      }
    });
    return places;
  }

  private static Map<Long, State> noted(BuildStates states, Level level) {
    Map<Long, State> noted = new HashMap<>();
    for (State state : states.states(level, BuildKind.WORDS)) {
      noted.put(state.start(), state);
    }
    return noted;
  }

  private static SearchPlace hour(State hour) {
    return new SearchPlace(
        Level.HOUR, hour.start(), hour.build(), -1, hour.isUsable() ? 0 : -1, hour.arrived());
  }

  private static SearchPlace within(Level level, State noted, List<State> hours) {
    long within = 0;
    long whole = 0;
    long arrived = 0;
    for (State hour : hours) {
      long parts = parts(level, noted.start(), hour.start());
      within |= parts;
      arrived += hour.arrived();
      if (Long.compareUnsigned(hour.arrival(), noted.horizon()) >= 0) {
        whole |= parts;
      }
    }
    return new SearchPlace(level, noted.start(), noted.build(), within, whole, arrived);
  }

  /** The parts of a length that have something of this hour. */
  private static long parts(Level level, long start, long hour) {
    long parts = 0;
    long first = (hour - start) / level.partMicros();
    long last = (hour + HOUR - 1 - start) / level.partMicros();
    for (long part = first; part <= last; part++) {
      parts |= 1L << part;
    }
    return parts;
  }
}
