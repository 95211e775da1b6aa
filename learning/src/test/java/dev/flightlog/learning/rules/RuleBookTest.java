package dev.flightlog.learning.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleBookTest {
  private static final Instant NOW = Instant.parse("2026-02-01T09:00:00Z");
  private static final Rule RULE =
      new Rule(
          "a1b2c3d4e5f6",
          "Edit file_not_read | READ_FIRST",
          "Read a file first.",
          new Rule.Opportunity("Edit", ""),
          8,
          300,
          0.05,
          6,
          7,
          12,
          List.of("e1", "e2"));

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("rules.jsonl");
  }

  @Test
  void aRuleAndItsHistoryAreThereAgainWhenTheFileIsOpened() throws IOException {
    RuleBook book = RuleBook.open(file());
    book.add(RULE, NOW);
    book.move(RULE.id(), RuleState.ADOPTED, "agreed", NOW.plusSeconds(60));
    RuleBook again = RuleBook.open(file());
    assertThat(again.entries()).isEqualTo(book.entries());
    assertThat(again.entry(RULE.id()).orElseThrow().rule()).isEqualTo(RULE);
    assertThat(again.entry(RULE.id()).orElseThrow().state()).isEqualTo(RuleState.ADOPTED);
  }

  @Test
  void aDamagedLineCostsItselfAndIsTold() throws IOException {
    RuleBook book = RuleBook.open(file());
    book.add(RULE, NOW);
    Files.writeString(
        file(),
        "{\"timestamp\":\"never\"}\nnot json\n{\"timestamp\":\"2026-02-01T09:00:00Z\",\"id\":\"x\",\"state\":\"adopted\"}\n{\"half",
        StandardOpenOption.APPEND);
    RuleBook damaged = RuleBook.open(file());
    assertThat(damaged.damaged()).hasSize(4);
    damaged.move(RULE.id(), RuleState.REJECTED, "no", NOW);
    assertThat(RuleBook.open(file()).entry(RULE.id()).orElseThrow().state())
        .isEqualTo(RuleState.REJECTED);
  }

  @Test
  void theBlockHoldsTheMostValuableRulesAndSaysWhatHadNoRoom() {
    Rule dear =
        new Rule(
            "ffffffffffff",
            "s",
            "x".repeat(3000),
            RULE.opportunity(),
            9,
            0,
            0.1,
            3,
            3,
            900,
            List.of());
    Rule dearer =
        new Rule(
            "eeeeeeeeeeee",
            "s",
            "y".repeat(3000),
            RULE.opportunity(),
            3,
            0,
            0.1,
            3,
            3,
            900,
            List.of());
    RuleRanking.Ranked ranked = RuleRanking.rank(List.of(dearer, dear, RULE));
    assertThat(ranked.block().lines()).contains("- Read a file first.", "- " + "x".repeat(3000));
    assertThat(ranked.left()).containsExactly(dearer);
    assertThat(RuleRanking.rank(Collections.emptyList()).block().lines()).isEmpty();
  }
}
