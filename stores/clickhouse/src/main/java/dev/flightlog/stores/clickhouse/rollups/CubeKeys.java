package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.store.Attribute;
import dev.flightlog.stores.clickhouse.sql.SumSql;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * How rows become the keys of cells of cubes of a table: each row is taken once for each cube, with
 * the dimensions of that cube only.
 *
 * @param all has the dimensions of each of them
 */
record CubeKeys(List<Cube> cubes, Cube all) {

  CubeKeys {
    cubes = List.copyOf(cubes);
  }

  static CubeKeys of(List<Cube> cubes) {
    Set<Attribute> dimensions = new LinkedHashSet<>();
    cubes.forEach(cube -> dimensions.addAll(cube.dimensions()));
    Cube last = cubes.getLast();
    return new CubeKeys(cubes, new Cube(last.number(), last.kind(), List.copyOf(dimensions)));
  }

  /** The columns of the table. */
  String columns() {
    return "cube, " + all.keys() + ", present";
  }

  /** The condition for rows of these cubes in the table. */
  String condition() {
    StringJoiner numbers = new StringJoiner(", ", "cube IN (", ")");
    cubes.forEach(cube -> numbers.add(Integer.toString(cube.number())));
    return numbers.toString();
  }

  /** What the table has, under the names that {@link #grouped} tells. */
  String kept() {
    StringJoiner keys = new StringJoiner(", ");
    keys.add("cube AS cube_");
    for (Attribute dimension : all.dimensions()) {
      keys.add(SumSql.name(dimension) + " AS " + SumSql.name(dimension) + "_");
    }
    return keys.add("present AS present_").toString();
  }

  /** The clause that takes each row of a FROM once for each cube. */
  String join() {
    StringJoiner numbers = new StringJoiner(", ", " ARRAY JOIN [", "] AS cube_");
    cubes.forEach(cube -> numbers.add("toUInt8(" + cube.number() + ")"));
    return numbers.toString();
  }

  /** What is selected for {@link #columns}, under the names that {@link #grouped} tells. */
  String selected() {
    StringJoiner keys = new StringJoiner(", ");
    keys.add("cube_");
    for (Attribute dimension : all.dimensions()) {
      keys.add(of(dimension) + " AS " + SumSql.name(dimension) + "_");
    }
    StringJoiner bits = new StringJoiner(", ", "[", "]");
    cubes.forEach(cube -> bits.add("toUInt32(" + cube.presentBits() + ")"));
    StringJoiner numbers = new StringJoiner(", ", "[", "]");
    cubes.forEach(cube -> numbers.add(Integer.toString(cube.number())));
    keys.add("bitAnd(present, " + bits + "[indexOf(" + numbers + ", cube_)]) AS present_");
    return keys.toString();
  }

  private String of(Attribute dimension) {
    StringJoiner having = new StringJoiner(", ", "(", ")");
    boolean everywhere = true;
    for (Cube cube : cubes) {
      if (cube.dimensions().contains(dimension)) {
        having.add(Integer.toString(cube.number()));
      } else {
        everywhere = false;
      }
    }
    String name = SumSql.name(dimension);
    return everywhere ? name : "if(cube_ IN " + having + ", " + name + ", NULL)";
  }

  String grouped() {
    StringJoiner keys = new StringJoiner(", ");
    keys.add("cube_");
    all.dimensions().forEach(dimension -> keys.add(SumSql.name(dimension) + "_"));
    return keys.add("present_").toString();
  }
}
