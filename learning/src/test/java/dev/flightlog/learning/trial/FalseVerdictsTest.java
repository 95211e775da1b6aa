package dev.flightlog.learning.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Worlds in which the rule changes nothing: how often a verdict is spoken all the same. What is
 * demanded is the target of 2 % and what chance may add to it in so many draws (4.4 points in 200,
 * 1.0 in 2,000); the shares themselves are printed. The long form: {@code
 * -Dflightlog.trials.draws=2000}.
 */
class FalseVerdictsTest {
  private static final int DRAWS = Integer.getInteger("flightlog.trials.draws", 200);
  private static final double MOST_FALSE = 0.02;
  private static final double DECIDES = Evidence.threshold(0.05);

  /** Chance alone exceeds the target by this much in one of a thousand runs of so few draws. */
  private static final double ALLOWANCE = 3.1 * Math.sqrt(MOST_FALSE * (1 - MOST_FALSE) / DRAWS);

  @ParameterizedTest
  @CsvSource({
    "Bash,*",
    "Edit,*",
    "Edit,string_not_found",
    "Edit,not_read",
    "Read,missing_file",
    "Grep,*"
  })
  void realSessionsWithArmsDrawnAnewAreHardlyEverJudged(String tool, String errorClass) {
    List<RealSessions.Counts> sessions = RealSessions.of(tool, errorClass);
    assertThat(sessions.stream().mapToInt(RealSessions.Counts::errors).sum()).isPositive();
    Random random = new Random(20260211);
    int wrong = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      wrong += decided(RealSessions.assigned(sessions, random), 20) ? 1 : 0;
    }
    report(tool + " " + errorClass, wrong);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.1, 0.3})
  void worldsOfAnyCorrelationWithAWeeklyLookForHalfAYearAreHardlyEverJudged(double correlation) {
    Random random = new Random(20260212);
    int wrong = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      List<SessionOutcome> sessions = new ArrayList<>();
      for (int i = 0; i < 26 * 40; i++) {
        sessions.add(CorrelatedWorld.session(random, random.nextBoolean(), 0.08, correlation));
      }
      wrong += decided(sessions, 40) ? 1 : 0;
    }
    report("correlation " + correlation, wrong);
  }

  @Test
  void aModelThatHalvesAllErrorsInTheEighthWeekIsNotTakenForTheRule() {
    Random random = new Random(20260213);
    int wrong = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      List<SessionOutcome> sessions = new ArrayList<>();
      for (int i = 0; i < 26 * 40; i++) {
        double rate = i < 8 * 40 ? 0.1 : 0.05;
        sessions.add(CorrelatedWorld.session(random, random.nextBoolean(), rate, 0.05));
      }
      wrong += decided(sessions, 40) ? 1 : 0;
    }
    report("a model in week 8", wrong);
  }

  @Test
  void ofFortyRulesWithoutEffectHardlyEverOneIsAccepted() {
    Random random = new Random(20260214);
    int worlds = Math.max(20, DRAWS / 10);
    int wrong = 0;
    for (int world = 0; world < worlds; world++) {
      List<AssignmentBet> bets = new ArrayList<>();
      for (int rule = 0; rule < 40; rule++) {
        bets.add(new AssignmentBet(0.5));
      }
      boolean accepted = false;
      for (int look = 0; look < 15; look++) {
        List<Double> logs = new ArrayList<>();
        for (AssignmentBet bet : bets) {
          List<SessionOutcome> sessions = new ArrayList<>();
          for (int i = 0; i < 40; i++) {
            sessions.add(CorrelatedWorld.session(random, random.nextBoolean(), 0.08, 0.1));
          }
          logs.add(bet.look(sessions).either());
        }
        accepted |= !FalseDiscoveries.accepted(logs, 0.05).isEmpty();
      }
      wrong += accepted ? 1 : 0;
    }
    System.out.printf(Locale.ROOT, "false acceptances, 40 rules: %d of %d worlds%n", wrong, worlds);
    assertThat(wrong / (double) worlds).isLessThanOrEqualTo(0.05);
  }

  private static boolean decided(List<SessionOutcome> sessions, int look) {
    AssignmentBet bet = new AssignmentBet(0.5);
    for (int from = 0; from < sessions.size(); from += look) {
      int to = Math.min(from + look, sessions.size());
      if (bet.look(sessions.subList(from, to)).either() >= DECIDES) {
        return true;
      }
    }
    return false;
  }

  private static void report(String world, int wrong) {
    System.out.printf(
        Locale.ROOT,
        "false verdicts, %s: %d of %d draws, %.2f %%%n",
        world,
        wrong,
        DRAWS,
        100.0 * wrong / DRAWS);
    assertThat(wrong / (double) DRAWS)
        .as("%s: false verdicts in %d draws", world, DRAWS)
        .isLessThanOrEqualTo(MOST_FALSE + ALLOWANCE);
  }
}
