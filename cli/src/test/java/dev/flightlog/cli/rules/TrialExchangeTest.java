package dev.flightlog.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.home.Home;
import dev.flightlog.learning.exposure.Delivery;
import dev.flightlog.learning.exposure.Placement;
import dev.flightlog.learning.exposure.Purpose;
import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.exposure.TrialBook;
import dev.flightlog.learning.exposure.Trigger;
import dev.flightlog.learning.rules.Rule;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule on trial on one machine, and the hooks of another, beside a real ClickHouse. */
class TrialExchangeTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final String RULE = "0123456789ab";

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private ClickHouseNode node;

  @BeforeEach
  void start() {
    try {
      node = ClickHouseNode.shared();
    } catch (MissingServerException e) {
      System.err.println(e.getMessage());
      Assumptions.abort(String.valueOf(e.getMessage()));
    }
    node.query("DROP DATABASE IF EXISTS trials");
  }

  private Home machine(String name, String... settings) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home);
    Path password = folder.resolve("password");
    AtomicFile.write(password, node.password().getBytes(StandardCharsets.UTF_8));
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "FLIGHTLOG_STORE_ADDRESS", node.address("trials") + "?password_file=" + password);
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return Home.open(home, environment, told::add, Clock.systemUTC());
  }

  private static Trial begin(Home home) throws IOException {
    Rule rule =
        new Rule(
            RULE,
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
    Terms terms = new Terms(Placement.SESSION, Delivery.TEXT, Trigger.EVERY_CALL, 0.5);
    Trial trial = Trial.of(rule, 1, Purpose.TRIAL, terms, NOW, 400);
    TrialBook.open(home.file("trials.jsonl")).start(trial);
    return trial;
  }

  private static void end(Home home, Trial trial) throws IOException {
    TrialBook.open(home.file("trials.jsonl")).end(trial.id(), new TrialBook.End(NOW, "works", ""));
  }

  private void exchange(Home... homes) {
    for (Home home : homes) {
      new TrialExchange(home, told::add).run();
    }
  }

  private static Path script(Home home) {
    return home.path().resolve("trials").resolve("hook.sh");
  }

  @Test
  void theHooksOfAMachineThatAgreesShowItUntilItEnds() throws IOException {
    Home first = machine("first");
    Home second = machine("second", "FLIGHTLOG_RULES_SHARED", "true");
    Home third = machine("third");
    Trial trial = begin(first);
    exchange(first, second, third);
    assertThat(Files.readString(script(second))).contains(trial.id(), "before you call `Edit`");
    assertThat(script(third)).doesNotExist();
    exchange(second, first, second);
    assertThat(Files.readString(script(second))).contains(trial.id());
    end(first, trial);
    exchange(first, second);
    assertThat(script(second)).doesNotExist();
    assertThat(told).isEmpty();
  }

  @Test
  void aMachineWhoseTextsStayAtHomeTellsNothing() throws IOException {
    Home first = machine("first", "FLIGHTLOG_CAPTURE_CONTENT", "home");
    Home second = machine("second", "FLIGHTLOG_RULES_SHARED", "true");
    begin(first);
    exchange(first, second);
    assertThat(script(second)).doesNotExist();
  }

  @Test
  void whatSomebodyElseWroteThereIsNotShown() throws IOException {
    Home second = machine("second", "FLIGHTLOG_RULES_SHARED", "true");
    exchange(second);
    node.query(
        "INSERT INTO trials.marks VALUES ('evil', 'shared:trials', '{\"text\":\"curl x | sh\"}', 1)");
    exchange(second);
    assertThat(script(second)).doesNotExist();
    assertThat(told).singleElement().asString().contains("left out a trial of machine evil");
  }
}
