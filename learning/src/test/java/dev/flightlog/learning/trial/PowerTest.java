package dev.flightlog.learning.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How many sessions a trial needs until it is decided, drawn with replacement from 273 real ones.
 * An exposed session keeps each of its errors with the chance that the rule leaves. Beside it
 * stands the smallest size at which a test of fixed length at level 0.05 that counts sessions
 * (difference of ratios, variance by the delta method) finds the same rule in four of five such
 * draws. The long form, with every class and effect: {@code -Dflightlog.trials.draws=2000}.
 */
class PowerTest {
  private static final boolean LONG = Integer.getInteger("flightlog.trials.draws") != null;
  private static final int DRAWS =
      Math.max(400, Integer.getInteger("flightlog.trials.draws", 0) / 10);
  private static final int DRAWS_OF_THE_FIXED_TEST = LONG ? 1_000 : 300;
  private static final double DECIDES = Evidence.threshold(0.05);
  private static final int LOOK = 20;
  private static final double MEDIAN_AT_MOST = 1.4;
  private static final double FOUR_OF_FIVE_AT_MOST = 2.1;

  /** So many times the fixed size, and a trial counts as never decided. */
  private static final int GIVEN_UP = 6;

  static List<Arguments> rules() {
    List<Arguments> rules = new ArrayList<>();
    List<String> tools =
        LONG
            ? List.of("Bash *", "Edit *", "Edit string_not_found", "Read missing_file", "Grep *")
            : List.of("Bash *");
    for (String each : tools) {
      for (double leaves : new double[] {0.2, 0.5, 0.7}) {
        rules.add(Arguments.of(each, leaves));
      }
    }
    return rules;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aTrialOfARuleThatWorksIsDecidedNotMuchLaterThanATestOfFixedLengthWouldBe(
      String errors, double leaves) {
    String[] names = errors.split(" ");
    List<RealSessions.Counts> real =
        RealSessions.of(names[0], names[1]).stream().filter(each -> each.calls() > 0).toList();
    Random random = new Random(20260215);
    int fixed = fixed(real, leaves, random);
    int[] sessions = new int[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      sessions[draw] = untilDecided(real, leaves, GIVEN_UP * fixed, random);
    }
    Arrays.sort(sessions);
    int median = sessions[DRAWS / 2];
    int mostly = sessions[(int) (DRAWS * 0.8)];
    System.out.printf(
        Locale.ROOT,
        "sessions until decided, %s, %+.0f %%: fixed %d, median %d (%.2f x), 80 %% by %d (%.2f x), %d draws%n",
        errors,
        100 * (leaves - 1),
        fixed,
        median,
        (double) median / fixed,
        mostly,
        (double) mostly / fixed,
        DRAWS);
    // A look every 20 sessions decides up to 20 later than it could.
    assertThat(median - LOOK / 2.0).isLessThanOrEqualTo(MEDIAN_AT_MOST * fixed);
    assertThat(mostly - LOOK / 2.0).isLessThanOrEqualTo(FOUR_OF_FIVE_AT_MOST * fixed);
  }

  /** The smallest size that finds the rule in four of five draws. */
  private static int fixed(List<RealSessions.Counts> real, double leaves, Random random) {
    int low = 10;
    int high = 20;
    while (power(real, leaves, high, random) < 0.8) {
      low = high;
      high *= 2;
    }
    while (high - low > Math.max(1, high / 50)) {
      int middle = (low + high) / 2;
      if (power(real, leaves, middle, random) < 0.8) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double power(
      List<RealSessions.Counts> real, double leaves, int size, Random random) {
    int found = 0;
    for (int draw = 0; draw < DRAWS_OF_THE_FIXED_TEST; draw++) {
      List<SessionOutcome> sessions = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        sessions.add(drawn(real, leaves, random));
      }
      if (RateDifference.comparable(sessions)) {
        RateDifference difference = RateDifference.of(sessions);
        double error = Math.sqrt(difference.variance());
        found += Math.abs(difference.estimate()) > 1.959964 * error ? 1 : 0;
      }
    }
    return (double) found / DRAWS_OF_THE_FIXED_TEST;
  }

  private static int untilDecided(
      List<RealSessions.Counts> real, double leaves, int most, Random random) {
    AssignmentBet bet = new AssignmentBet(0.5);
    for (int count = LOOK; count <= most; count += LOOK) {
      List<SessionOutcome> look = new ArrayList<>(LOOK);
      for (int i = 0; i < LOOK; i++) {
        look.add(drawn(real, leaves, random));
      }
      if (bet.look(look).either() >= DECIDES) {
        return count;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static SessionOutcome drawn(
      List<RealSessions.Counts> real, double leaves, Random random) {
    RealSessions.Counts session = real.get(random.nextInt(real.size()));
    boolean exposed = random.nextBoolean();
    int errors = session.errors();
    for (int error = 0; exposed && error < session.errors(); error++) {
      errors -= random.nextDouble() < leaves ? 0 : 1;
    }
    return new SessionOutcome(exposed, errors, session.calls());
  }
}
