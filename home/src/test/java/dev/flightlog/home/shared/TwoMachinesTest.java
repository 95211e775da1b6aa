package dev.flightlog.home.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.Shipper;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two homes that have one name beside a shared store, as when a machine is copied. */
class TwoMachinesTest {
  private static final Clock NOW = Clock.systemUTC();
  private static final Clock LATER = Clock.offset(NOW, Duration.ofHours(2));
  private static final Clock LATEST = Clock.offset(NOW, Duration.ofHours(4));

  @TempDir Path folder;

  private void copy(String from, String to) throws IOException {
    Path source = folder.resolve(from);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copied = folder.resolve(to).resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(file, copied);
        }
      }
    }
  }

  private static String name(Home home) throws IOException {
    return Files.readString(home.path().resolve("machine_id"));
  }

  private static long shipped(Home home) {
    return new Shipper(home).once().imported();
  }

  @Test
  void aCopyOfAHomeIsNoticedAndNothingIsLostOrKeptTwice() throws Exception {
    Team team = Team.in(folder);
    Home first = team.machine("first", NOW);
    Team.record(first, 3);
    assertThat(shipped(first)).isEqualTo(3);
    copy("first", "copy");
    Home copy = team.machine("copy", LATER);
    assertThat(name(copy)).isEqualTo(name(first));
    Team.record(copy, 2);
    Team.record(first, 4);
    assertThat(shipped(copy)).isEqualTo(2);
    assertThat(team.told).noneMatch(told -> told.contains("another home"));
    assertThat(shipped(first)).isEqualTo(4);
    assertThat(team.told).anyMatch(told -> told.contains("another home sends under the name"));
    assertThat(name(copy)).isNotEqualTo(name(first));
    assertThat(team.count("1")).isEqualTo(3 + 2 + 4);
    team.told.clear();
    Team.record(copy, 1);
    Team.record(first, 1);
    assertThat(shipped(team.machine("copy", LATEST))).isEqualTo(1);
    assertThat(shipped(team.machine("first", LATEST))).isEqualTo(1);
    assertThat(team.told).noneMatch(told -> told.contains("another home"));
    assertThat(team.count("1")).isEqualTo(11);
  }

  @Test
  void aNameThatAPersonGaveToTwoHomesIsRefusedWithWhatToDo() throws Exception {
    Team team = Team.in(folder);
    String[] address = {"FLIGHTLOG_STORE_ADDRESS", team.address() + "&machine=build"};
    Home one = team.machine("one", NOW, address);
    Home other = team.machine("other", LATER, address);
    Team.record(one, 2);
    Team.record(other, 3);
    assertThat(shipped(one)).isEqualTo(2);
    assertThat(shipped(other)).isEqualTo(3);
    Team.record(one, 1);
    assertThatThrownBy(() -> shipped(one))
        .isInstanceOf(HomeException.class)
        .hasMessageContainingAll("machine=", "give each home one of its own", "nothing is lost");
    assertThat(team.count("1")).isEqualTo(5);
    Home own =
        team.machine("one", LATER, "FLIGHTLOG_STORE_ADDRESS", team.address() + "&machine=test");
    assertThat(shipped(own)).isEqualTo(1);
    assertThat(team.count("1")).isEqualTo(6);
  }

  @Test
  void whoRunsForDaysNoticesACopyToo() throws Exception {
    Team team = Team.in(folder);
    AtomicReference<Instant> time = new AtomicReference<>(NOW.instant());
    Home running = team.machine("running", new MovedClock(time));
    Team.record(running, 1);
    try (Index index = Index.open(running)) {
      index.takeInJournals();
      copy("running", "copy");
      assertThat(shipped(team.machine("copy", LATER))).isZero();
      Team.record(running, 1);
      time.set(LATER.instant());
      assertThatThrownBy(index::takeInJournals)
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll("another home", "start this program again", "Nothing is lost");
    }
    assertThat(shipped(running)).isEqualTo(1);
    assertThat(team.count("1")).isEqualTo(2);
  }

  @Test
  void whoIsKilledWhileItLeavesATokenIsNotTakenForAnother() throws Exception {
    Team team = Team.in(folder);
    Home home = team.machine("home", NOW);
    Team.record(home, 1);
    assertThat(shipped(home)).isEqualTo(1);
    Path tokens = home.path().resolve("machine_token");
    Files.writeString(tokens, Files.readString(tokens) + "\n" + NOW.millis() + "-not-stored");
    String name = name(home);
    assertThat(shipped(team.machine("home", LATER))).isZero();
    assertThat(name(home)).isEqualTo(name);
    assertThat(team.told).noneMatch(told -> told.contains("another home"));
  }

  /** A clock that a test moves. */
  private static final class MovedClock extends Clock {
    private final AtomicReference<Instant> time;

    MovedClock(AtomicReference<Instant> time) {
      this.time = time;
    }

    @Override
    public Instant instant() {
      return time.get();
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
