package dev.flightlog.stores.sqlite.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StableSortTest {
  @Test
  void numbersAreInTheOrderOfWhatTheyStandForAndEqualOnesInTheirOwn() {
    Random random = new Random(1);
    for (int size = 0; size < 300; size++) {
      int[] times = random.ints(size, 0, 1 + random.nextInt(2 * size + 1)).toArray();
      int from = random.nextInt(size + 1);
      List<Integer> expected =
          IntStream.range(from, size)
              .boxed()
              .sorted(Comparator.comparingInt(i -> times[i]))
              .toList();

      int[] numbers = IntStream.range(0, size).toArray();
      StableSort.sort(numbers, from, size, (a, b) -> Integer.compare(times[a], times[b]));

      assertThat(IntStream.range(0, from).allMatch(i -> numbers[i] == i)).isTrue();
      assertThat(numbers).endsWith(expected.stream().mapToInt(i -> i).toArray());
    }
  }
}
