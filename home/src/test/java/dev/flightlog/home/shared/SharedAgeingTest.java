package dev.flightlog.home.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.lifecycle.HomeLifecycle;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.lifecycle.LifecycleRun;
import dev.flightlog.lifecycle.archive.WeekArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How data age, and sessions are deleted, on machines that share a store. */
class SharedAgeingTest {
  private static final Duration DAYS = Duration.ofDays(10);

  @TempDir Path folder;
  private Team team;

  @BeforeEach
  void meet() {
    team = Team.in(folder);
  }

  private static List<Path> journals(Home home) throws IOException {
    try (Stream<Path> files = Files.list(home.journals())) {
      return files.filter(file -> file.getFileName().toString().startsWith("story_")).toList();
    }
  }

  @Test
  void journalsGoIntoArchivesAndTheSharedStoreKeepsItsRows() throws IOException {
    Team.record(team.machine("a"), 20);
    Home later = team.machine("a", Clock.offset(Clock.systemUTC(), DAYS));
    assertThat(journals(later)).hasSize(1);
    try (Index index = Index.open(later)) {
      HomeLifecycle lifecycle = new HomeLifecycle(index);
      assertThat(lifecycle.preview().journals()).isEqualTo(1);
      LifecycleRun run = lifecycle.run(false);
      assertThat(run.journals()).isEqualTo(1);
      assertThat(run.rows()).isZero();
      assertThat(lifecycle.lifecycle().archives().folder().list())
          .singleElement()
          .extracting(WeekArchive::own)
          .isEqualTo(20L);
      assertThat(lifecycle.run(false).changedNothing()).isTrue();
    }
    assertThat(journals(later)).isEmpty();
    assertThat(team.count("1")).isEqualTo(20);
  }

  @Test
  void aSessionIsDeletedForAllMachinesAndNotTakenInAgain() throws IOException {
    Home a = team.machine("a");
    Home b = team.machine("b");
    Team.record(a, 5);
    Team.record(b, 7);
    try (Index index = Index.open(a)) {
      index.takeInJournals();
    }
    try (Index index = Index.open(b)) {
      assertThat(new HomeLifecycle(index).delete("s-a").events()).isEqualTo(5);
    }
    Team.record(a, 5);
    try (Index index = Index.open(a)) {
      index.takeInJournals();
      assertThat(team.count("session_id = 's-a'")).isZero();
      assertThat(new HomeLifecycle(index).delete("s-a").journalLines()).isEqualTo(10);
      assertThatThrownBy(() -> new HomeLifecycle(index).delete("s-c"))
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("s-c");
    }
    assertThat(team.count("session_id = 's-b'")).isEqualTo(7);
  }
}
