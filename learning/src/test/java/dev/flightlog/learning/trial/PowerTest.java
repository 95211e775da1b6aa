package dev.flightlog.learning.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many sessions a trial needs until it is decided, drawn with replacement from 273 real ones.
 * An exposed session keeps each of its errors with the chance that the rule leaves. Beside it stands
 * the size of a test of fixed length at level 0.05 with power 0.8 that counts sessions. The long
 * form: {@code -Dflightlog.trials.draws=2000}.
 */
class PowerTest {
  private static final int DRAWS =
      Math.max(60, Integer.getInteger("flightlog.trials.draws", 0) / 10);
  private static final boolean LONG = Integer.getInteger("flightlog.trials.draws") != null;
  private static final double DECIDES = Evidence.threshold(0.05);
  private static final int LOOK = 20;
  private static final double MEDIAN_AT_MOST = 1.4;
  private static final double FOUR_OF_FIVE_AT_MOST = 2.1;

  /** So many times the fixed size, and a trial counts as never decided. */
  private static final int GIVEN_UP = 6;

  @ParameterizedTest
  @CsvSource({"Bash,*,0.2", "Bash,*,0.5", "Bash,*,0.7", "Edit,*,0.2"})
  void aTrialOfARuleThatWorksIsDecidedNotMuchLaterThanATestOfFixedLengthWouldBe(
      String tool, String errorClass, double leaves) {
    decidedSoon(tool, errorClass, leaves);
  }

  @ParameterizedTest
  @CsvSource({
    "Edit,*,0.5",
    "Edit,*,0.7",
    "Edit,string_not_found,0.2",
    "Edit,string_not_found,0.5",
    "Edit,string_not_found,0.7",
    "Read,missing_file,0.2",
    "Read,missing_file,0.5",
    "Read,missing_file,0.7",
    "Grep,*,0.2",
    "Grep,*,0.5",
    "Grep,*,0.7"
  })
  void soItIsForRareErrors(String tool, String errorClass, double leaves) {
    if (LONG || leaves <= 0.2) {
      decidedSoon(tool, errorClass, leaves);
    }
  }

  private static void decidedSoon(String tool, String errorClass, double leaves) {
    List<RealSessions.Counts> real =
        RealSessions.of(tool, errorClass).stream().filter(each -> each.calls() > 0).toList();
    double fixed = fixed(real, leaves);
    Random random = new Random(20260215);
    int[] sessions = new int[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      sessions[draw] = untilDecided(real, leaves, (int) (GIVEN_UP * fixed), random);
    }
    Arrays.sort(sessions);
    int median = sessions[DRAWS / 2];
    int mostly = sessions[(int) (DRAWS * 0.8)];
    System.out.printf(
        Locale.ROOT,
        "sessions until decided, %s %s, %+.0f %%: fixed %.0f, median %d (%.2f x), 80 %% by %d (%.2f x), %d draws%n",
        tool,
        errorClass,
        100 * (leaves - 1),
        fixed,
        median,
        median / fixed,
        mostly,
        mostly / fixed,
        DRAWS);
    // A look every 20 sessions decides up to 20 later than it could.
    assertThat(median - LOOK / 2.0).isLessThanOrEqualTo(MEDIAN_AT_MOST * fixed);
    assertThat(mostly - LOOK / 2.0).isLessThanOrEqualTo(FOUR_OF_FIVE_AT_MOST * fixed);
  }

  private static double fixed(List<RealSessions.Counts> real, double leaves) {
    TrialSize size =
        TrialSize.of(
            real.stream()
                .map(each -> new SessionOutcome(false, each.errors(), each.calls()))
                .toList());
    return 2 * size.opportunitiesAnArm(leaves) / size.meanOpportunities();
  }

  private static int untilDecided(
      List<RealSessions.Counts> real, double leaves, int most, Random random) {
    AssignmentBet bet = new AssignmentBet(0.5);
    List<SessionOutcome> look = new ArrayList<>(LOOK);
    for (int count = LOOK; count <= most; count += LOOK) {
      look.clear();
      for (int i = 0; i < LOOK; i++) {
        RealSessions.Counts drawn = real.get(random.nextInt(real.size()));
        boolean exposed = random.nextBoolean();
        int errors = drawn.errors();
        for (int error = 0; exposed && error < drawn.errors(); error++) {
          errors -= random.nextDouble() < leaves ? 0 : 1;
        }
        look.add(new SessionOutcome(exposed, errors, drawn.calls()));
      }
      Evidence evidence = bet.look(look);
      if (evidence.either() >= DECIDES) {
        return count;
      }
    }
    return Integer.MAX_VALUE;
  }
}
