package dev.flightlog.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rooms as the documents tell them: the modules of the POM, the table of ARCHITECTURE.md. */
final class Rooms {
  private static final Pattern MODULE = Pattern.compile("<module>([a-z0-9/-]+)</module>");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9/-]+)` \\|([^|]*)\\|");
  private static final Pattern ROOM = Pattern.compile("`([a-z0-9/-]+)`");

  /** Modules that are no part of the product: they may know every room. */
  static final Set<String> BESIDE =
      Set.of("architecture", "benchmarks", "browser", "comparison", "spring-boot-starter/boot3");

  /**
   * Rooms that are no Java modules of their own, but have the name of one in their jar: most of the
   * libraries that they are made for have none, and one jar fits two versions of them.
   */
  static final Set<String> AUTOMATIC = Set.of("langchain4j", "spring-boot-starter");

  private Rooms() {}

  /** The folders of all modules but the examples, in the order of the POM. */
  static List<String> modules() {
    List<String> found = new ArrayList<>();
    Matcher modules = MODULE.matcher(Tree.text("pom.xml"));
    while (modules.find()) {
      if (!modules.group(1).startsWith("examples/")) {
        found.add(modules.group(1));
      }
    }
    return found;
  }

  /** Room by room, in the order of ARCHITECTURE.md: which others it may know. */
  static Map<String, Set<String>> mayKnow() {
    Map<String, Set<String>> table = new LinkedHashMap<>();
    Matcher rows = ROW.matcher(Tree.text("ARCHITECTURE.md"));
    while (rows.find()) {
      String known = rows.group(2).strip();
      Set<String> rooms = new TreeSet<>();
      Matcher names = ROOM.matcher(known);
      while (names.find()) {
        rooms.add(names.group(1));
      }
      if (known.equals("all above")) {
        rooms.addAll(table.keySet());
      } else if (rooms.isEmpty() && !known.equals("nothing")) {
        throw new AssertionError(
            "ARCHITECTURE.md: what "
                + rows.group(1)
                + " may know is neither a list of rooms, nor 'nothing', nor 'all above': "
                + known);
      }
      table.put(rows.group(1), rooms);
    }
    return table;
  }

  /**
   * The room that a class lives in: {@code stores/sqlite} for {@code dev.flightlog.stores.sqlite}.
   */
  static String of(JavaClass type) {
    String path = type.getPackageName().substring("dev.flightlog".length()).replace('.', '/');
    String room = "";
    for (String module : modules()) {
      boolean within = (path + "/").startsWith("/" + module.replace("-", "") + "/");
      if (within && !BESIDE.contains(module) && module.length() > room.length()) {
        room = module;
      }
    }
    return room;
  }
}
