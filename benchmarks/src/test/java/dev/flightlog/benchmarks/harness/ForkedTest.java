package dev.flightlog.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkedTest {
  /** Run in a process of its own. */
  static final class Child {
    public static void main(String[] arguments) {
      System.out.println("other words");
      Forked.report(System.out, "events a second", Double.parseDouble(arguments[0]));
      System.exit(Integer.parseInt(arguments[1]));
    }
  }

  @Test
  void aChildTellsItsFigures() throws Exception {
    Forked.Outcome outcome = Forked.java(Child.class, List.of("-Xmx64m"), List.of("12.5", "0"));
    assertThat(outcome.figures()).containsEntry("events a second", 12.5).hasSize(1);
    assertThat(outcome.seconds()).isPositive();
  }

  @Test
  void aChildThatFailsIsNoFigure() {
    assertThatThrownBy(() -> Forked.java(Child.class, List.of(), List.of("1", "7")))
        .hasMessageContaining("ended with 7")
        .hasMessageContaining("other words");
  }

  @Test
  void linesAreCountedWithoutThePaddingOfAMappedFile(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.jsonl"), "one\ntwo\n\0\0\0");
    Files.writeString(folder.resolve("b.txt"), "three\n");
    assertThat(LineCount.below(folder, ".jsonl")).isEqualTo(new LineCount(2, 8));
  }
}
