package dev.flightlog.patterns.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.patterns.facts.Occurrences;
import dev.flightlog.patterns.sequences.Sequences.Sequence;
import dev.flightlog.patterns.sequences.Sequences.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequencesTest {
  private static final long SEED = Long.getLong("flightlog.seed", 7);

  private static List<Step> session(String name, String... labels) {
    List<Step> steps = new ArrayList<>();
    for (String label : labels) {
      steps.add(step(name, label, 2 * steps.size(), steps.size()));
    }
    return steps;
  }

  private static Step step(String session, String label, int ordinal, long micros) {
    return new Step(session, label, ordinal, micros, session + '-' + ordinal);
  }

  @Test
  void whatFollowsMoreOftenThanByChanceIsFoundInNoise() {
    System.getLogger("test").log(System.Logger.Level.INFO, "seed " + SEED);
    Random random = new Random(SEED);
    Sequences sequences = new Sequences();
    for (int i = 0; i < 60; i++) {
      List<String> labels = new ArrayList<>();
      for (int j = 0; j < 10; j++) {
        labels.add("noise" + random.nextInt(8));
        if (i % 3 == 0 && j == 5) {
          labels.add("cause");
          labels.add("effect");
        }
      }
      sequences.add(session("s" + i, labels.toArray(String[]::new)));
    }
    List<Sequence> found = sequences.found();
    assertThat(found)
        .filteredOn(each -> each.labels().equals(List.of("cause", "effect")))
        .singleElement()
        .matches(each ->
            each.occurrences().count() == 20
                && each.occurrences().sessions() == 20
                && each.lift() > 5);
    assertThat(found)
        .filteredOn(each -> each.labels().size() == 2 && !each.labels().contains("cause"))
        .as("pairs of noise")
        .hasSizeLessThan(6);
  }

  @Test
  void threeInARowAreALoopAndTwoAreNot() {
    Sequences sequences = new Sequences();
    sequences.add(session("one", "a", "a", "b", "c", "c", "c", "c"));
    assertThat(sequences.found())
        .singleElement()
        .isEqualTo(
            new Sequence(List.of("c"), 0, 4, new Occurrences(1, 1, 6, 6, List.of("one-12"))));
  }

  @Test
  void errorsFarApartDoNotFollowEachOther() {
    Sequences sequences = new Sequences();
    for (int i = 0; i < 5; i++) {
      String name = "s" + i;
      sequences.add(List.of(step(name, "a", 0, 0), step(name, "b", Sequences.NEAR + 2, 1)));
      sequences.add(session(name + "x", "c", "d"));
    }
    assertThat(sequences.found()).noneMatch(each -> each.labels().contains("b"));
  }

  @Test
  void whatIsInOneSessionOnlyIsNoPattern() {
    Sequences sequences = new Sequences();
    sequences.add(session("s", "a", "b", "x", "a", "b", "y", "a", "b", "z", "a", "b"));
    assertThat(sequences.found()).isEmpty();
  }

  @Test
  void withoutErrorsThereIsNothing() {
    Sequences sequences = new Sequences();
    sequences.add(List.of());
    assertThat(sequences.found()).isEmpty();
  }
}
