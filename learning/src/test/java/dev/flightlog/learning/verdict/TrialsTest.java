package dev.flightlog.learning.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventBatch;
import dev.flightlog.learning.exposure.Delivery;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.Purpose;
import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.TrialBook;
import dev.flightlog.learning.exposure.Trigger;
import dev.flightlog.learning.hooks.HookFiles;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.store.Append;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsTest {
  private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");
  private static final Terms ACTION =
      new Terms(Placement.ACTION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
  @TempDir Path home;
  private final TrialWorld world = new TrialWorld(7, BEGIN);
  private RuleBook rules;
  private TrialBook book;
  private Trials trials;

  @BeforeEach
  void open() throws IOException {
    rules = RuleBook.open(home.resolve("rules.jsonl"));
    book = TrialBook.open(home.resolve("trials.jsonl"));
    trials = new Trials(rules, book, new HookFiles(home, home));
  }

  private Rule rule(String id) throws IOException {
    Rule rule =
        new Rule(
            id,
            "Edit file_not_read | READ_FIRST",
            "Read a file before you call `Edit` on it.",
            new Rule.Opportunity("Edit", ""),
            30,
            300,
            0.1,
            20,
            10,
            15,
            List.of());
    rules.add(rule, BEGIN);
    return rule;
  }

  private Trial begin(Rule rule, Terms terms) throws IOException {
    Trials.Begun begun =
        trials.begin(rules.entry(rule.id()).orElseThrow(), terms, world.store, world.now());
    assertThat(begun).isInstanceOf(Trials.Begun.Running.class);
    return ((Trials.Begun.Running) begun).trial();
  }

  private Effect look() throws IOException {
    return trials.look(world.store, world.now()).getFirst();
  }

  @Test
  void aRuleThatHalvesTheErrorsIsFoundToWork() throws IOException {
    Trial trial = begin(rule("aaaaaaaaaaaa"), Terms.standard());
    Effect effect = look();
    while (effect.verdict() == Verdict.UNDECIDED) {
      world.sessions(trial, 20, 0.1, 0.2);
      effect = look();
    }
    assertThat(effect.verdict()).isEqualTo(Verdict.WORKS);
    assertThat(effect.eValue()).isGreaterThanOrEqualTo(20);
    assertThat(effect.telling()).isBetween(40, 400);
    assertThat(effect.exposed().rate()).isLessThan(effect.control().rate());
    assertThat(effect.strata()).hasSize(1);
    assertThat(effect.strata().getFirst().model()).isEqualTo("opus");
    assertThat(effect.strata().getFirst().version()).isEqualTo("2.1");
    assertThat(rules.entry(trial.rule()).orElseThrow().state()).isEqualTo(RuleState.TRIAL);
    assertThat(home.resolve("trials/hook.sh")).doesNotExist();
  }

  @Test
  void aRuleThatDoublesTheErrorsHarmsAndShouldGo() throws IOException {
    Trial trial = begin(rule("aaaaaaaaaaaa"), Terms.standard());
    Effect effect = look();
    while (effect.verdict() == Verdict.UNDECIDED) {
      world.sessions(trial, 20, 0.4, 0.2);
      effect = look();
    }
    assertThat(effect.verdict()).isEqualTo(Verdict.HARMS);
    assertThat(Retirement.reason(effect, 0.1).orElseThrow()).contains("harms");
  }

  @Test
  void theSameLooksGiveTheSameVerdictWhenTheBookIsOpenedAgain() throws IOException {
    Rule rule = rule("aaaaaaaaaaaa");
    Trial trial = begin(rule, Terms.standard());
    for (int i = 0; i < 4; i++) {
      world.sessions(trial, 20, 0.05, 0.3);
      trials.look(world.store, world.now());
    }
    Effect before = trials.newest(rule).orElseThrow();
    TrialBook again = TrialBook.open(home.resolve("trials.jsonl"));
    assertThat(again.damaged()).isEmpty();
    assertThat(again.entries()).isEqualTo(book.entries());
    Effect after = new Trials(rules, again, new HookFiles(home, home)).newest(rule).orElseThrow();
    assertThat(after).isEqualTo(before);
  }

  @Test
  void onlyEndedSessionsEnterALookAndEachEntersOnce() throws IOException {
    Trial trial = begin(rule("aaaaaaaaaaaa"), Terms.standard());
    world.session("s1", "s1", trial, 0, 5, "opus");
    world.later(60);
    assertThat(look().telling()).isZero();
    world.end("s1");
    assertThat(look().telling()).isZero();
    world.later(31);
    assertThat(look().telling()).isEqualTo(1);
    assertThat(look().looks()).isEqualTo(1);
    world.session("s2", "s2", trial, 0, 5, "opus");
    world.later(Duration.ofHours(6).toSeconds());
    assertThat(look().telling()).isEqualTo(2);
  }

  @Test
  void aSessionThatLivesForDaysIsCutAfterOne() throws IOException {
    Trial trial = begin(rule("aaaaaaaaaaaa"), Terms.standard());
    world.session("s1", "s1", trial, 0, 5, "opus");
    world.later(Duration.ofHours(25).toSeconds());
    EventBatch late = new EventBatch();
    world.call(late, "s1", "late", "file_not_read");
    world.store.append(new Append(late));
    Effect effect = look();
    assertThat(effect.exposed().opportunities() + effect.control().opportunities()).isEqualTo(5);
    assertThat(effect.exposed().errors() + effect.control().errors()).isZero();
  }

  @Test
  void aForkedSessionCountsOnceInTheArmOfItsParent() throws IOException {
    Trial trial = begin(rule("aaaaaaaaaaaa"), Terms.standard());
    String parent = "parent";
    String fork = "fork";
    world.session(parent, parent, trial, 0, 5, "opus");
    world.session(fork, parent, trial, 0, 3, "opus");
    world.end(parent);
    world.end(fork);
    world.later(60);
    Effect effect = look();
    assertThat(effect.telling()).isEqualTo(1);
    Arm arm = trial.arms().exposed(parent) ? effect.exposed() : effect.control();
    assertThat(arm.opportunities()).isEqualTo(8);
  }

  @Test
  void anArmThatTheKeyDoesNotGiveIsNotCounted() throws IOException {
    Trial trial = begin(rule("aaaaaaaaaaaa"), Terms.standard());
    world.session("s1", "s1", trial, 0, 5, "opus");
    EventBatch forged = new EventBatch();
    Map<String, Object> lie = Map.of("trial", trial.id());
    world.exposure(forged, "s0", "s0", begin(rule("bbbbbbbbbbbb"), Terms.standard()), lie);
    world.store.append(new Append(forged));
    world.end("s1");
    world.later(60);
    assertThat(look().telling()).isEqualTo(1);
  }

  @Test
  void aRuleThatWaitsForACallCountsFromThatCallOnInBothArms() throws IOException {
    Trial trial = begin(rule("aaaaaaaaaaaa"), ACTION);
    for (String id : List.of("s1", "s2", "s3", "s4", "s5", "s6")) {
      EventBatch batch = new EventBatch();
      world.call(batch, id, id + "-before", "file_not_read");
      world.later(1);
      world.call(batch, id, id + "-met", "file_not_read");
      world.exposure(batch, id, id, trial, Map.of("tool_use_id", id + "-met"));
      world.later(1);
      world.call(batch, id, id + "-after", "file_not_read");
      world.call(batch, id, id + "-refused", "rejected");
      world.store.append(new Append(batch));
      world.end(id);
    }
    world.later(60);
    Effect effect = look();
    assertThat(effect.telling()).isEqualTo(6);
    assertThat(effect.exposed().opportunities() + effect.control().opportunities()).isEqualTo(6);
    assertThat(effect.exposed().errors() + effect.control().errors()).isEqualTo(6);
  }

  @Test
  void severalRulesOnTrialNeedMoreEvidenceEach() throws IOException {
    Trial first = begin(rule("aaaaaaaaaaaa"), Terms.standard());
    for (int i = 0; i < 9; i++) {
      begin(rule("%012x".formatted(i)), Terms.standard());
    }
    Effect effect = look();
    while (effect.verdict() == Verdict.UNDECIDED) {
      world.sessions(first, 40, 0.02, 0.2);
      effect = look();
    }
    assertThat(effect.verdict()).isEqualTo(Verdict.WORKS);
    assertThat(effect.eValue()).isGreaterThanOrEqualTo(200);
  }

  @Test
  void withoutAnEffectThePlannedEndSaysThatItCannotBeKnown() throws IOException {
    Trial planned = begin(rule("aaaaaaaaaaaa"), Terms.standard());
    world.sessions(planned, 100, 0.2, 0.2);
    Trial trial = begin(rule("bbbbbbbbbbbb"), Terms.standard());
    assertThat(trial.planned()).isBetween(60, 1000);
    Verdict verdict = Verdict.UNDECIDED;
    for (int i = 0; i < 100 && verdict == Verdict.UNDECIDED; i++) {
      world.sessions(trial, 60, 0.2, 0.2);
      trials.look(world.store, world.now());
      verdict = trials.newest(rule("bbbbbbbbbbbb")).orElseThrow().verdict();
    }
    assertThat(verdict).isIn(Verdict.CANNOT_BE_KNOWN, Verdict.NO_EVIDENCE);
  }

  @Test
  void anAdoptedRuleIsHeldBackFromATenthOfTheSessionsForAMonth() throws IOException {
    Rule rule = rule("aaaaaaaaaaaa");
    begin(rule, ACTION);
    rules.move(rule.id(), RuleState.ADOPTED, "", world.now());
    assertThat(trials.adopted(rule, world.now())).isTrue();
    Trial holdout = book.running(rule.id()).orElseThrow().trial();
    assertThat(holdout.purpose()).isEqualTo(Purpose.HOLDOUT);
    assertThat(holdout.share()).isEqualTo(0.9);
    assertThat(trials.givenByHooks(rule)).isTrue();
    world.later(Duration.ofDays(29).toSeconds());
    trials.look(world.store, world.now());
    assertThat(book.running(rule.id()).orElseThrow().trial()).isEqualTo(holdout);
    world.later(Duration.ofDays(1).toSeconds());
    trials.look(world.store, world.now());
    Trial standing = book.running(rule.id()).orElseThrow().trial();
    assertThat(standing.purpose()).isEqualTo(Purpose.STANDING);
    assertThat(Files.readString(home.resolve("trials/hook.sh"))).contains("fl_limit='all'");
    trials.ended(rule, "retired", world.now());
    assertThat(home.resolve("trials/hook.sh")).doesNotExist();
  }

  @Test
  void aRuleGoesWhenItsErrorNoLongerOccursWithoutItButNotBecauseItWorks() throws IOException {
    Rule rule = rule("aaaaaaaaaaaa");
    begin(rule, Terms.standard());
    trials.adopted(rule, world.now());
    Trial holdout = book.running(rule.id()).orElseThrow().trial();
    world.sessions(holdout, 100, 0, 0.2);
    assertThat(Retirement.reason(look(), 0.1)).isEmpty();
    trials.adopted(rule, world.now());
    Trial second = book.running(rule.id()).orElseThrow().trial();
    world.sessions(second, 200, 0, 0);
    assertThat(Retirement.reason(look(), 0.1).orElseThrow()).contains("no longer occurs");
  }

  @Test
  void aTrialWhoseKeyIsGoneIsSaidToBeUnknowableAndNothingIsCounted() throws IOException {
    Rule rule = rule("aaaaaaaaaaaa");
    Trial trial = begin(rule, Terms.standard());
    world.sessions(trial, 20, 0, 0.2);
    Path file = home.resolve("trials.jsonl");
    Files.writeString(file, Files.readString(file).replace(trial.key(), ""));
    book = TrialBook.open(file);
    trials = new Trials(rules, book, new HookFiles(home, home));
    byte[] before = Files.readAllBytes(file);
    assertThat(look().verdict()).isEqualTo(Verdict.KEY_GONE);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(home.resolve("trials/hook.sh")).doesNotExist();
  }
}
