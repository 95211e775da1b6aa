package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.store.Attribute;
import dev.flightlog.stores.clickhouse.sql.SumSql;
import java.util.List;
import java.util.StringJoiner;

/**
 * How rows become the keys of cells of cubes of a table: each row is taken once for each cube, with
 * the dimensions of that cube only.
 *
 * @param cubes the last has all dimensions that the others have
 */
record CubeKeys(List<Cube> cubes) {

  CubeKeys {
    cubes = List.copyOf(cubes);
  }

  /** The columns of the table. */
  String columns() {
    return "cube, " + cubes.getLast().keys() + ", present";
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
    for (Attribute dimension : cubes.getLast().dimensions()) {
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
    for (Attribute dimension : cubes.getLast().dimensions()) {
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
    cubes.getLast().dimensions().forEach(dimension -> keys.add(SumSql.name(dimension) + "_"));
    return keys.add("present_").toString();
  }
}
