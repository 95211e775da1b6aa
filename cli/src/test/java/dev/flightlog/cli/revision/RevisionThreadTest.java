package dev.flightlog.cli.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Console;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.home.duty.Duty;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.IndexFollower;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.tasks.index.TaskIndex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that revises weeks when they are over; its time is passed in. */
class RevisionThreadTest {
  /** 23:00 in Berlin. */
  private static final Instant SUNDAY = Instant.parse("2026-06-07T21:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(SUNDAY);
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  @TempDir Path folder;
  private Path home;
  private Index index;
  private TaskIndex tasks;
  private IndexFollower intake;
  private RevisionThread thread;

  @BeforeEach
  void serve() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        home.resolve("config.json"),
        "{\"analysis\":{\"timezone\":\"Europe/Berlin\"},\"revision\":{\"auto_run\":true}}");
    RecorderConfig config = RecorderConfig.at(home).clock(now::get);
    try (FlightRecorder recorder = FlightRecorder.open(config)) {
      for (int day = 20; day >= 0; day--) {
        now.set(SUNDAY.minus(Duration.ofDays(day)).minus(Duration.ofHours(6)));
        recorder.toolCall("Bash").session("s" + day).success(day % 3 != 0).durationMs(900).log();
      }
    }
    PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            out,
            out,
            Map.of("HOME", folder.toString(), "FLIGHTLOG_HOME", home.toString()),
            ((InstantSource) now::get).withZone(ZoneOffset.UTC),
            false,
            null);
    Invocation call = new Invocation(Syntax.of("serve", "").read(List.of()), console);
    index = Index.open(call.home());
    index.takeInJournals();
    tasks = TaskIndex.open(home.resolve("tasks_index.db"));
    intake = new IndexFollower(index, tasks);
    thread =
        new RevisionThread(
            call, index, intake, new Duty(index.store(), "revision", "here", message -> {}));
  }

  @AfterEach
  void end() {
    thread.close();
    intake.close();
    tasks.close();
    index.close();
  }

  private List<String> revisedAt(Instant time) throws IOException {
    now.set(time);
    thread.look();
    Path revisions = home.resolve("revisions");
    if (!Files.isDirectory(revisions)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(revisions)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aWeekIsRevisedOnItsSundayAtElevenInTheZoneOfTheUserAndOnlyOnce() throws IOException {
    String week = "2026-W23.md";
    assertThat(revisedAt(SUNDAY.minusSeconds(60))).doesNotContain(week);
    assertThat(revisedAt(SUNDAY)).contains(week);
    Path page = home.resolve("revisions").resolve(week);
    String first = Files.readString(page);
    assertThat(told.toString(StandardCharsets.UTF_8)).contains("2026-W23 is revised: " + page);
    told.reset();
    assertThat(revisedAt(SUNDAY.plus(Duration.ofMinutes(30)))).contains(week);
    assertThat(Files.readString(page)).isEqualTo(first);
    assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(home.resolve("archive")).as("auto_run archives").isNotEmptyDirectory();
  }

  @Test
  void weeksThatWereMissedAreCaughtUp() throws IOException {
    revisedAt(SUNDAY);
    assertThat(revisedAt(SUNDAY.plus(Duration.ofDays(15))))
        .contains("2026-W23.md", "2026-W24.md", "2026-W25.md")
        .doesNotContain("2026-W26.md");
  }

  @Test
  void whatFailedIsToldAndTriedAgainAnHourLater() throws IOException {
    Path obstacle = Files.writeString(home.resolve("revisions"), "a file where a folder should be");
    assertThat(revisedAt(SUNDAY)).isEmpty();
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("the weekly revision failed, and is tried again in an hour");
    Files.delete(obstacle);
    assertThat(revisedAt(SUNDAY.plus(Duration.ofMinutes(59)))).isEmpty();
    assertThat(revisedAt(SUNDAY.plus(Duration.ofMinutes(61)))).contains("2026-W23.md");
  }
}
