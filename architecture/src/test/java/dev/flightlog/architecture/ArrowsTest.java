package dev.flightlog.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ArrowsTest {
  /** Room by room: which other rooms it may know. The table of ARCHITECTURE.md, as code. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("event", Set.of()),
          Map.entry("recorder", Set.of("event")),
          Map.entry("store", Set.of("event")),
          Map.entry("stores.contract", Set.of("event", "store")),
          Map.entry("stores.memory", Set.of("event", "store")),
          Map.entry("stores.sqlite", Set.of("event", "store")),
          Map.entry("formats", Set.of("event")),
          Map.entry("importer", Set.of("event", "store", "formats")),
          Map.entry("wording", Set.of("event")),
          Map.entry("patterns", Set.of("event", "store", "wording")),
          Map.entry("analysis", Set.of("event", "store", "wording", "patterns")),
          Map.entry("tasks", Set.of("event", "recorder", "store", "wording")),
          Map.entry("webhooks", Set.of("event", "recorder", "tasks")),
          Map.entry("worker", Set.of("event", "recorder", "tasks")),
          Map.entry(
              "server",
              Set.of(
                  "event",
                  "recorder",
                  "store",
                  "wording",
                  "patterns",
                  "analysis",
                  "tasks",
                  "webhooks",
                  "worker")),
          Map.entry(
              "cli",
              Set.of(
                  "event",
                  "recorder",
                  "store",
                  "stores.memory",
                  "stores.sqlite",
                  "formats",
                  "importer",
                  "wording",
                  "patterns",
                  "analysis",
                  "tasks",
                  "webhooks",
                  "worker",
                  "server")));

  @Test
  void aRoomKnowsOnlyTheRoomsThatItMayKnow() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass from : Tree.CLASSES) {
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(to -> to.getPackageName().startsWith("dev.flightlog."))
          .filter(to -> !room(to).equals(room(from)))
          .filter(to -> !MAY_KNOW.getOrDefault(room(from), Set.of()).contains(room(to)))
          .forEach(to -> wrong.add(from.getName() + " knows " + to.getName()));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyRoomOfTheTableHasClassesAndEveryClassARoomOfTheTable() {
    Set<String> rooms = new TreeSet<>();
    Tree.CLASSES.forEach(type -> rooms.add(room(type)));
    rooms.remove("stores.contract");
    Set<String> table = new TreeSet<>(MAY_KNOW.keySet());
    table.remove("stores.contract");
    assertThat(rooms).isEqualTo(table);
  }

  @Test
  void packagesKnowEachOtherWithoutCycles() {
    slices().matching("dev.flightlog.(**)").should().beFreeOfCycles().check(Tree.CLASSES);
  }

  @Test
  void onlyTheCommandLineWritesToTheStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.flightlog.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(Tree.CLASSES);
  }

  @Test
  void nothingIsNamedByAWordThatSaysNothing() {
    List<String> empty =
        List.of("util", "utils", "common", "core", "impl", "manager", "helper", "helpers", "misc");
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : Tree.CLASSES) {
      for (String part : type.getPackageName().split("\\.")) {
        if (empty.contains(part)) {
          wrong.add(type.getName());
        }
      }
      String name = type.getSimpleName();
      if (name.matches(".*(Util|Utils|Common|Impl|Manager|Helper|Helpers)")) {
        wrong.add(type.getName());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theWritingSideRunsOnJava17() {
    for (JavaClass type : Tree.CLASSES) {
      boolean writingSide = Set.of("event", "recorder").contains(room(type));
      if (writingSide
          && type.getSource().isPresent()
          && !type.getSource().get().getUri().toString().contains("/META-INF/versions/")) {
        assertThat(classFileVersion(type)).as(type.getName()).isEqualTo(61);
      }
    }
  }

  private static int classFileVersion(JavaClass type) {
    try (var in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      byte[] head = in.readNBytes(8);
      return (head[6] & 0xff) << 8 | head[7] & 0xff;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String room(JavaClass type) {
    String[] parts = type.getPackageName().substring("dev.flightlog.".length()).split("\\.");
    return parts[0].equals("stores") ? "stores." + parts[1] : parts[0];
  }
}
