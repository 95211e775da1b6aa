package dev.flightlog.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderTest {
  private record Each(long whole, double real, int small, String name) {}

  private static List<Each> some() {
    Random random = new Random(3);
    List<Each> some = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      some.add(
          new Each(
              random.nextInt(3), random.nextInt(3), random.nextInt(3), "n" + random.nextInt(3)));
    }
    return some;
  }

  private static void assertSame(Comparator<Each> order, Comparator<Each> expected) {
    List<Each> ordered = some();
    ordered.sort(order);
    List<Each> right = some();
    right.sort(expected);
    assertThat(ordered).isEqualTo(right);
  }

  @Test
  void everyOrderIsThatOfTheComparatorOfThatName() {
    assertSame(
        Order.comparingLong(Each::whole)
            .reversed()
            .thenComparingDouble(Each::real)
            .thenComparingInt(Each::small)
            .thenComparing(Each::name),
        Comparator.comparingLong(Each::whole)
            .reversed()
            .thenComparingDouble(Each::real)
            .thenComparingInt(Each::small)
            .thenComparing(Each::name));
    assertSame(
        Order.comparingDouble(Each::real).thenComparingLong(Each::whole).reversed(),
        Comparator.comparingDouble(Each::real).thenComparingLong(Each::whole).reversed());
    assertSame(
        Order.comparingInt(Each::small).thenComparing(Comparator.comparing(Each::name)),
        Comparator.comparingInt(Each::small).thenComparing(Comparator.comparing(Each::name)));
    assertSame(
        Order.<Each, String>comparing(Each::name).thenComparing(Each::whole),
        Comparator.comparing(Each::name).thenComparing(Each::whole));
    assertSame(
        Order.comparing(Each::name, Comparator.reverseOrder()),
        Comparator.comparing(Each::name, Comparator.reverseOrder()));
  }
}
