package dev.flightlog.stores.sqlite.rollups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class SparseCountsTest {
  private static final double[] REALS = {0, -0.0, 1.5, -2.25, 1e-9, 3e13, -1e300, 7};
  private static final long[] WHOLES = {0, 1, -5, Long.MAX_VALUE, Long.MIN_VALUE, 42};

  @RepeatedTest(50)
  void theyReadBackAsTheSumOfTheirParts(RepetitionInfo world) {
    Random random = new Random(world.getCurrentRepetition());
    SparseCounts all = new SparseCounts();
    Counts parts = new Counts();
    for (int part = random.nextInt(4); part >= 0; part--) {
      SparseCounts some = new SparseCounts();
      for (int i = random.nextInt(5); i >= 0; i--) {
        addEvent(some, random);
      }
      parts.add(read(some));
      all.add(some);
    }

    assertThat(written(read(all))).isEqualTo(written(parts));
    PackedBytes own = new PackedBytes();
    all.write(own);
    assertThat(own.toBytes()).isEqualTo(written(parts));
  }

  private static void addEvent(SparseCounts to, Random random) {
    to.event(random.nextInt(1000));
    for (int i = 0; i < Numeric.ALL.length; i++) {
      switch (random.nextInt(4)) {
        case 0 -> {
          if (i < Numeric.FIRST_REAL) {
            to.wholeNumber(i, WHOLES[random.nextInt(WHOLES.length)]);
          } else {
            to.realNumber(i, REALS[random.nextInt(REALS.length)]);
          }
        }
        case 1 -> to.odd(i);
        default -> {}
      }
    }
  }

  private static Counts read(SparseCounts counts) {
    PackedBytes out = new PackedBytes();
    counts.write(out);
    Counts read = new Counts();
    read.readOver(
        new PackedBytes(out.toBytes()),
        new CubeLayout(0, CubeLayout.DIMENSIONS.size(), Numeric.ALL.length));
    return read;
  }

  private static byte[] written(Counts counts) {
    PackedBytes out = new PackedBytes();
    counts.write(out);
    return out.toBytes();
  }
}
