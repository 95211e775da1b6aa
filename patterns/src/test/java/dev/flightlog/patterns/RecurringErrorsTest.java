package dev.flightlog.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occasion;
import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.patterns.facts.RecurringErrors;
import dev.flightlog.patterns.facts.RecurringErrors.Met;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What recurs in numbers alone is what the finder finds in the errors themselves. */
class RecurringErrorsTest {
  private static final String[] TYPES = {"timeout", "exit_code_1", "sibling_failed", "not_found"};
  private static final String[] PROGRAMS = {"", "git push", "make"};

  private final Random random = new Random(7);
  private final Map<String, List<ErrorFact>> sessions = new TreeMap<>();

  private List<ErrorFact> some(String session, int count) {
    List<ErrorFact> facts = new ArrayList<>();
    int ordinal = 0;
    long micros = random.nextInt(1000);
    for (int i = 0; i < count; i++) {
      ordinal += random.nextInt(14);
      micros += random.nextInt(50);
      facts.add(
          new ErrorFact(
              new Occasion(session, micros, "main", null),
              session + i,
              random.nextInt(4) == 0 ? "" : "Bash",
              TYPES[Math.min(random.nextInt(4), random.nextInt(4))],
              PROGRAMS[random.nextInt(3)],
              "template " + random.nextInt(3),
              "",
              ordinal,
              random.nextInt(20),
              List.of(),
              random.nextInt(3) == 0 ? Change.of(Change.Kind.RETRY) : null,
              "",
              "",
              ""));
    }
    return facts;
  }

  private List<ErrorFact> all() {
    List<ErrorFact> all = new ArrayList<>();
    sessions.values().forEach(all::addAll);
    return all;
  }

  private void fill() {
    for (int i = 0; i < 60; i++) {
      sessions.put("session " + i, some("session " + i, random.nextInt(20)));
    }
  }

  private static Met met(Pattern pattern) {
    Occurrences met = pattern.occurrences();
    ErrorPattern error = pattern instanceof ErrorPattern each ? each : null;
    return new Met(
        pattern.label(),
        met.count(),
        met.sessions(),
        error == null ? 0 : error.decided(),
        error == null ? 0 : error.recovered(),
        pattern instanceof ErrorPair pair ? pair.lift() : 0,
        met.lastSeen());
  }

  private void assertThatItIsFound(RecurringErrors recurring) {
    assertThat(recurring.errors())
        .isEqualTo(PatternFinder.errors(all()).stream().map(each -> met(each)).toList());
    assertThat(recurring.sequences())
        .isEqualTo(PatternFinder.sequences(all()).stream().map(each -> met(each)).toList());
  }

  @Test
  void numbersAreThoseOfTheFinder() {
    fill();
    RecurringErrors recurring = RecurringErrors.of(all());
    assertThat(recurring.errors()).isNotEmpty();
    assertThat(recurring.sequences()).extracting(Met::lift).anyMatch(lift -> lift > 0);
    assertThat(recurring.sequences()).extracting(Met::label).anyMatch(l -> l.contains("in a row"));
    assertThatItIsFound(recurring);
  }

  @Test
  void nothingRecursAmongNothing() {
    assertThatItIsFound(RecurringErrors.of(List.of()));
  }

  @Test
  void whatIsKeptAndAddedToIsTheSame() {
    fill();
    RecurringErrors half = new RecurringErrors();
    RecurringErrors other = new RecurringErrors();
    int number = 0;
    for (List<ErrorFact> session : sessions.values()) {
      (number++ % 2 == 0 ? half : other).add(session);
    }
    other.keep(half::add);
    assertThatItIsFound(half);
  }

  @Test
  void aSessionThatGoesOnReplacesWhatItGave() {
    fill();
    RecurringErrors recurring = RecurringErrors.of(all());
    for (String name : List.of("session 7", "session 8", "session new")) {
      List<ErrorFact> before = sessions.getOrDefault(name, List.of());
      List<ErrorFact> now = new ArrayList<>(before);
      now.addAll(some(name, 6));
      sessions.put(name, now);
      assertThat(recurring.replace(before, now)).isTrue();
      assertThatItIsFound(recurring);
    }
  }

  @Test
  void whatCannotBeTakenBackIsSaidToBeUnknownAndNeverWrong() {
    fill();
    int known = 0;
    for (String name : List.copyOf(sessions.keySet())) {
      RecurringErrors recurring = RecurringErrors.of(all());
      List<ErrorFact> before = sessions.getOrDefault(name, List.of());
      List<ErrorFact> now = random.nextBoolean() ? List.of() : some(name, random.nextInt(20));
      sessions.put(name, now);
      if (recurring.replace(before, now)) {
        known++;
        assertThatItIsFound(recurring);
      }
    }
    assertThat(known).isBetween(5, 55);
  }

  @Test
  void whatWasNeverAddedIsNotTakenBack() {
    fill();
    RecurringErrors recurring = RecurringErrors.of(all().subList(0, 1));
    assertThat(recurring.replace(some("another", 30), List.of())).isFalse();
  }
}
