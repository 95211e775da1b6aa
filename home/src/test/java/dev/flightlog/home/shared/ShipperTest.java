package dev.flightlog.home.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.home.Home;
import dev.flightlog.home.index.HomeShipping;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.Shipper;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.shipping.confirmed.Backlog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShipperTest {
  @TempDir Path folder;

  private static Backlog backlog(Home home) {
    return HomeShipping.backlog(home).orElseThrow();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("it comes within a minute").isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** A follower on a thread of its own, which is stopped when the test is done with it. */
  private static Thread follow(Home home) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            new Shipper(home).follow();
          } catch (InterruptedException e) {
            // It was stopped.
          }
        });
  }

  private static void transcript(Path file, String session, int prompts) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < prompts; i++) {
      lines.append(
          """
          {"type":"user","uuid":"%s-%d","timestamp":"2026-05-01T10:00:%02dZ","sessionId":"%s","cwd":"/w/p","message":{"role":"user","content":"please"}}
          """
              .formatted(session, i, i % 60, session));
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void journalsAndSourcesOfEveryMachineMeetInOneStoreOnceEach() throws Exception {
    Team team = Team.in(folder);
    Home anna = team.machine("anna");
    Home ben = team.machine("ben", "FLIGHTLOG_SHIP_PERSON", "ben");
    Path transcripts = folder.resolve("claude");
    transcript(transcripts.resolve("p/one.jsonl"), "t1", 3);
    try (Index index = Index.open(anna)) {
      index.importFrom(List.of(transcripts), anna.importOptions(), ImportListener.NONE);
    }
    transcript(transcripts.resolve("p/two.jsonl"), "t2", 2);
    Team.record(anna, 4);
    Team.record(ben, 5);
    assertThat(backlog(anna).events()).isEqualTo(4 + 2);
    // Each session of a transcript begins with an event of its own.
    assertThat(new Shipper(anna).once().imported()).isEqualTo(4 + 2 + 1);
    assertThat(new Shipper(ben).once().imported()).isEqualTo(5);
    assertThat(new Shipper(anna).once().imported()).isZero();
    assertThat(team.count("1")).isEqualTo(4 + 3 + 4 + 5);
    assertThat(team.count("JSONExtractString(details, 'host.name') = 'anna'")).isEqualTo(11);
    assertThat(team.count("JSONExtractString(details, 'user.name') = 'ben'")).isEqualTo(5);
    for (Home machine : List.of(anna, ben)) {
      assertThat(backlog(machine).bytes()).isZero();
      assertThat(backlog(machine).oldest()).isNull();
      assertThat(backlog(machine).confirmed()).isNotNull();
    }
  }

  @Test
  void aStoreThatIsAwayIsWaitedForAndNothingIsLostOrComesTwice() throws Exception {
    Team team = Team.withOwnServer(folder);
    try (var node = team.node) {
      Home anna = team.machine("anna");
      Team.record(anna, 10);
      Thread shipper = follow(anna);
      try {
        await(() -> backlog(anna).confirmed() != null && backlog(anna).bytes() == 0);
        node.kill();
        Team.record(anna, 1_000);
        assertThat(backlog(anna).events()).isEqualTo(1_000);
        assertThat(backlog(anna).oldest()).isNotNull();
        node.start();
        await(() -> backlog(anna).bytes() == 0 && backlog(anna).problem().isEmpty());
        assertThat(team.count("1")).isEqualTo(1_010);
      } finally {
        shipper.interrupt();
        shipper.join();
      }
    }
  }

  @Test
  void aShipperThatIsKilledBetweenTwoAppendsGoesOnWhereItStopped() throws Exception {
    Team team = Team.in(folder);
    Home anna = team.machine("anna");
    Team.record(anna, 10_000);
    Thread shipper = follow(anna);
    await(() -> exists(team) && team.count("1") > 0);
    shipper.interrupt();
    shipper.join();
    new Shipper(anna).once();
    assertThat(team.count("1")).isEqualTo(10_000);
    assertThat(
            Long.parseLong(
                team.node.query("SELECT uniqExact(event_id) FROM " + team.database + ".events")))
        .isEqualTo(10_000);
  }

  private static boolean exists(Team team) {
    return !team.node
        .query(
            "SELECT count() FROM system.tables WHERE database = '%s' AND name = 'events'"
                .formatted(team.database))
        .equals("0");
  }

  @Test
  void aPasswordThatIsWrongEndsItWithOneSentence() throws Exception {
    Team team = Team.in(folder);
    Path wrong = folder.resolve("wrong");
    Files.writeString(wrong, "not it");
    Home anna =
        team.machine(
            "anna",
            "FLIGHTLOG_STORE_ADDRESS",
            team.node.address(team.database) + "?password_file=" + wrong);
    assertThatThrownBy(() -> new Shipper(anna).follow())
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("password")
        .hasMessageNotContaining("not it");
  }
}
