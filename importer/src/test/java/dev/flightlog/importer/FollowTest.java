package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowTest {
  @TempDir Path home;

  @Test
  void followingTakesInGrowthNewFilesAndTruncationUntilItIsInterrupted()
      throws IOException, InterruptedException {
    Desk desk = new Desk(home);
    Path log = desk.file("a.jsonl", Desk.lines(0, 2));
    BlockingQueue<ImportReport> reports = new LinkedBlockingQueue<>();
    Thread following =
        Thread.ofPlatform()
            .start(() ->
                desk.importer()
                    .follow(
                        List.of(home.resolve("in")),
                        ImportOptions.defaults(),
                        ImportListener.NONE,
                        reports::add));
    assertThat(next(reports).imported()).isEqualTo(2);

    Files.writeString(log, Desk.line(2), StandardOpenOption.APPEND);
    assertThat(next(reports).imported()).isEqualTo(1);

    desk.file("deep/er/b.jsonl", Desk.lines(3, 5));
    assertThat(next(reports).imported()).isEqualTo(2);

    Files.writeString(log, Desk.line(5));
    assertThat(next(reports).imported()).isEqualTo(1);

    following.interrupt();
    following.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(following.isAlive()).isFalse();
    assertThat(desk.numbers()).isEqualTo(IntStream.range(0, 6).boxed().toList());
  }

  @Test
  void aFirstLookThatFindsNothingIsToldAndTriedAgain() throws InterruptedException {
    Desk desk = new Desk(home);
    BlockingQueue<ImportReport> reports = new LinkedBlockingQueue<>();
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    ImportListener listener =
        new ImportListener() {
          @Override
          public void skipped(Path file, String reason) {
            told.add(reason);
          }
        };
    Thread following =
        Thread.ofPlatform()
            .start(() ->
                desk.importer()
                    .follow(
                        List.of(home.resolve("in")),
                        ImportOptions.defaults(),
                        listener,
                        reports::add));
    assertThat(told.poll(20, TimeUnit.SECONDS)).contains("There is no file", "tried again");

    desk.file("a.jsonl", Desk.lines(0, 2));

    assertThat(next(reports).imported()).isEqualTo(2);
    following.interrupt();
    following.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(following.isAlive()).isFalse();
  }

  private static ImportReport next(BlockingQueue<ImportReport> reports)
      throws InterruptedException {
    ImportReport report = reports.poll(20, TimeUnit.SECONDS);
    if (report == null) {
      throw new AssertionError("nothing was noticed in 20 seconds");
    }
    return report;
  }
}
