package dev.flightlog.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CirclesTest {
  /** Five classes that know each other can only be read, and changed, as one. */
  private static final int MOST = 4;

  @Test
  void noMoreThanFourClassesKnowEachOther() {
    Map<String, Set<String>> edges = new TreeMap<>();
    for (JavaClass type : Tree.CLASSES) {
      String from = Tree.outermost(type).getName();
      Set<String> known = edges.computeIfAbsent(from, name -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> Tree.outermost(dependency.getTargetClass()).getName())
          .filter(to -> to.startsWith("dev.flightlog.") && !to.equals(from))
          .forEach(known::add);
    }
    assertThat(edges.size()).isGreaterThan(100);
    assertThat(CircleFinder.circles(edges)).filteredOn(circle -> circle.size() > MOST).isEmpty();
  }

  @Test
  void aCircleIsFoundHoweverItIsEntered() {
    Map<String, Set<String>> edges =
        Map.of(
            "start", Set.of("a", "lonely"),
            "a", Set.of("b"),
            "b", Set.of("c", "lonely"),
            "c", Set.of("a", "d"),
            "d", Set.of("e", "unknown"),
            "e", Set.of("d"),
            "lonely", Set.of());
    assertThat(CircleFinder.circles(edges))
        .containsExactlyInAnyOrder(Set.of("a", "b", "c"), Set.of("d", "e"));
  }
}
