package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.RolledUp;
import dev.flightlog.stores.clickhouse.rows.HotDetail;
import dev.flightlog.stores.clickhouse.sql.SumSql;
import java.util.List;
import java.util.StringJoiner;

/**
 * Cells of some dimensions: the fewer, the fewer cells. Every event is in every cube of a table, so
 * a question takes the smallest one that knows what it asks about.
 *
 * @param number what stands in the column {@code cube}
 * @param kind what has to be made of a length of time, to have this one
 */
record Cube(int number, BuildKind kind, List<Attribute> dimensions) {
  private static final Attribute PROJECT = Attribute.of(Field.PROJECT);
  private static final Attribute STORY = Attribute.of(Field.STORY_ID);
  private static final Attribute AGENT = Attribute.of(Field.AGENT_NAME);
  private static final Attribute TYPE = Attribute.of(Field.EVENT_TYPE);
  private static final Attribute CATEGORY = Attribute.of(Field.CATEGORY);
  private static final Attribute SUCCESS = Attribute.of(Field.SUCCESS);
  private static final Attribute TOOL = Attribute.detail("tool");
  private static final Attribute MODEL = Attribute.detail("model");
  private static final Attribute BILLING = Attribute.detail("billing");
  private static final Attribute ERROR = Attribute.detail("error_type");

  /** What was done; by which agent; who did it; and all: the last has what all others have. */
  static final List<Cube> OF_SUMS =
      List.of(
          new Cube(
              0, BuildKind.SMALL, List.of(TYPE, TOOL, CATEGORY, MODEL, ERROR, SUCCESS, BILLING)),
          new Cube(
              3,
              BuildKind.AGENTS,
              List.of(TYPE, AGENT, TOOL, CATEGORY, MODEL, ERROR, SUCCESS, BILLING)),
          new Cube(
              1, BuildKind.WHOLE, List.of(TYPE, PROJECT, STORY, AGENT, CATEGORY, ERROR, SUCCESS)),
          new Cube(
              2,
              BuildKind.WHOLE,
              List.of(
                  TYPE, PROJECT, STORY, AGENT, TOOL, CATEGORY, MODEL, ERROR, SUCCESS, BILLING)));

  /** Of how often each duration occurred. */
  static final List<Cube> OF_RANKS =
      List.of(
          new Cube(0, BuildKind.RANKS, List.of(TYPE, TOOL)),
          new Cube(1, BuildKind.RANKS, List.of(TYPE, AGENT)),
          new Cube(2, BuildKind.STORY_RANKS, List.of(TYPE, PROJECT, STORY, AGENT, TOOL)));

  /** Of the sessions that were there. */
  static final List<Cube> OF_SESSIONS =
      List.of(
          new Cube(0, BuildKind.SMALL, List.of(PROJECT)),
          new Cube(1, BuildKind.WHOLE, List.of(PROJECT, STORY, AGENT)));

  Cube {
    dimensions = List.copyOf(dimensions);
  }

  /** Those of these that a build of this kind has. */
  static List<Cube> of(List<Cube> cubes, BuildKind made) {
    return cubes.stream().filter(cube -> cube.kind.having().contains(made)).toList();
  }

  /** The smallest of these that answers. */
  static Cube of(List<Cube> cubes, Aggregate aggregate) {
    for (Cube cube : cubes) {
      List<Attribute> known = cube.dimensions;
      RolledUp answers =
          new RolledUp(
              known,
              known,
              known,
              SumColumns.NUMBERS,
              SumColumns.RANKED,
              List.of(SumColumns.SESSION));
      if (answers.cost(aggregate) != RolledUp.Cost.EVENTS) {
        return cube;
      }
    }
    throw new IllegalArgumentException("sums do not answer " + aggregate);
  }

  /** The columns of its dimensions. */
  String keys() {
    StringJoiner keys = new StringJoiner(", ");
    dimensions.forEach(dimension -> keys.add(SumSql.name(dimension)));
    return keys.toString();
  }

  /** What is kept of the column {@code present}: whether its details have a value of any type. */
  int presentBits() {
    int bits = 0;
    for (Attribute dimension : dimensions) {
      if (dimension instanceof Attribute.Detail detail) {
        HotDetail hot = HotDetail.of(detail);
        bits |= hot == null ? 0 : hot.bit();
      }
    }
    return bits;
  }

  /** The same of an event, in SQL. */
  String present() {
    return "bitAnd(present, " + presentBits() + ")";
  }
}
