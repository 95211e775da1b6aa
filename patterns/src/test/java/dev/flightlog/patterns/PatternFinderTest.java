package dev.flightlog.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.patterns.facts.Occasion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatternFinderTest {
  private static ErrorFact error(String session, long micros, String id, @Nullable Change change) {
    return new ErrorFact(
        new Occasion(session, micros, "main", null),
        id,
        "Edit",
        "file_not_read",
        "",
        "File has not been read yet",
        "File has not been read yet",
        1,
        20,
        List.of(),
        change,
        change == null ? "" : id + "-fix",
        "",
        "");
  }

  private static InteractionFact interaction(
      long micros, InteractionKind kind, @Nullable String reason, @Nullable String said) {
    return new InteractionFact(
        new Occasion("s", micros, "main", null), kind, reason, null, said, "e" + micros);
  }

  @Test
  void aPatternIsTheSameObjectWhateverItsCounts() {
    ErrorFact one = error("a", 1, "e1", null);
    ErrorFact two = error("b", 2, "e2", Change.of(Change.Kind.READ_FIRST));
    ErrorPattern first = PatternFinder.errors(List.of(one, two)).getFirst();
    ErrorPattern later =
        PatternFinder.errors(List.of(one, two, error("c", 9, "e3", null))).getFirst();
    assertThat(first.id()).isEqualTo(later.id()).isEqualTo(PatternFinder.idOf(one));
    assertThat(first.tool()).isEqualTo("Edit");
    assertThat(first.recovered()).isEqualTo(1);
    assertThat(later.occurrences().count()).isEqualTo(3);
    assertThat(later.occurrences().sessions()).isEqualTo(3);
    assertThat(later.occurrences().firstSeen()).isEqualTo(1);
    assertThat(later.occurrences().lastSeen()).isEqualTo(9);
    assertThat(later.occurrences().evidence()).containsExactly("e1", "e2", "e3");
  }

  @Test
  void whatPeopleSaidWhoRefusedComesFirst() {
    List<InteractionPattern> found =
        PatternFinder.interactions(
            List.of(
                interaction(1, InteractionKind.INTERRUPTION, null, null),
                interaction(2, InteractionKind.INTERRUPTION, null, null),
                interaction(3, InteractionKind.REJECTION, "Bash", "use pnpm, not npm"),
                interaction(4, InteractionKind.REJECTION, "Bash", null)));
    assertThat(found.getFirst().kind()).isEqualTo(InteractionKind.REJECTION);
    assertThat(found.getFirst().said()).isEqualTo("use pnpm, not npm");
    assertThat(found.getFirst().occurrences().count()).isEqualTo(2);
  }
}
