package dev.flightlog.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
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
  /** The table of ARCHITECTURE.md. */
  private static final Map<String, Set<String>> MAY_KNOW = Rooms.mayKnow();

  @Test
  void aRoomKnowsOnlyTheRoomsThatItMayKnow() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass from : Tree.CLASSES) {
      String room = Rooms.of(from);
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(to -> to.getPackageName().startsWith("dev.flightlog."))
          .filter(to -> !Rooms.of(to).equals(room))
          .filter(to -> !MAY_KNOW.getOrDefault(room, Set.of()).contains(Rooms.of(to)))
          .forEach(to -> wrong.add(from.getName() + " knows " + to.getName()));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aRoomOfTheTableKnowsOnlyRoomsAboveIt() {
    Set<String> above = new TreeSet<>();
    MAY_KNOW.forEach((room, known) -> {
      assertThat(above).as("rooms above %s", room).containsAll(known);
      above.add(room);
    });
  }

  @Test
  void everyModuleIsARoomOfTheTableAndHasClasses() {
    Set<String> modules = new TreeSet<>(Rooms.modules());
    modules.removeAll(Rooms.BESIDE);
    assertThat(MAY_KNOW.keySet()).as("the table of ARCHITECTURE.md").isEqualTo(modules);
    Set<String> withClasses = new TreeSet<>();
    Tree.CLASSES.forEach(type -> withClasses.add(Rooms.of(type)));
    assertThat(withClasses).isEqualTo(modules);
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
        .callMethodWhere(target(name("printStackTrace")))
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
    Set<String> writingSide =
        Set.of("event", "recorder", "runs", "logback", "langchain4j", "spring-boot-starter");
    for (String room : writingSide) {
      assertThat(Tree.text(room + "/pom.xml"))
          .contains("<maven.compiler.release>17</maven.compiler.release>");
    }
    int seen = 0;
    for (JavaClass type : Tree.CLASSES) {
      String source = type.getSource().map(from -> from.getUri().toString()).orElse("");
      if (writingSide.contains(Rooms.of(type))
          && source.contains(Tree.ROOT.toString())
          && !source.contains("/META-INF/versions/")) {
        seen++;
        assertThat(classFileVersion(type)).as(type.getName()).isEqualTo(61);
      }
    }
    if (seen == 0) {
      System.out.println("NOT TESTED: the class files for Java 17; these were not made by Maven");
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
}
