package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.store.Appended;
import dev.flightlog.store.StoreException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One store writes at a time, and lets another one in that waits. */
class GivingWayTest {
  @TempDir Path folder;

  @Test
  void whoWaitsWritesAsSoonAsTheWriterGivesWayAndBothGoOnInTurn() throws Exception {
    Path db = folder.resolve("events_index.db");
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        SqliteStore first = SqliteStore.open(db);
        SqliteStore second = SqliteStore.open(db)) {
      first.append(Calls.append(0, 10));
      for (int round = 1; round < 5; round++) {
        int from = round * 20;
        assertThat(letIn(threads, () -> second.append(Calls.append(from, from + 10)), first))
            .isEqualTo(10);
        assertThat(letIn(threads, () -> first.append(Calls.append(from, from + 20)), second))
            .isEqualTo(10);
      }
      first.settle();
      assertThat(first.check().events()).isEqualTo(90);
      assertThat(second.check().events()).isEqualTo(90);
    }
  }

  private static long letIn(ExecutorService threads, Callable<Appended> append, SqliteStore writer)
      throws Exception {
    Future<Appended> appended = threads.submit(() -> again(append));
    while (!appended.isDone()) {
      writer.giveWay();
      LockSupport.parkNanos(2_000_000);
    }
    return appended.get().inserted();
  }

  /** On a busy disk the end of the other one may take longer than an append waits. */
  private static Appended again(Callable<Appended> append) throws Exception {
    while (true) {
      try {
        return append.call();
      } catch (StoreException e) {
        assertThat(e.kind()).isEqualTo(StoreException.Kind.BUSY);
      }
    }
  }

  @Test
  void aWriterForWhichNobodyWaitsStaysTheWriter() throws Exception {
    Path db = folder.resolve("events_index.db");
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(Calls.append(0, 10));
      store.giveWay();
      Process other = Children.start(Probe.class, db.toString());
      assertThat(other.waitFor()).as("the lock is held").isEqualTo(3);
      store.giveWay();
      assertThat(store.append(Calls.append(0, 20)).inserted()).isEqualTo(10);
    }
  }

  /** A process that looks whether it could write, without waiting. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
      System.exit(WriterLock.tryTake(Path.of(arguments[0])) == null ? 3 : 0);
    }
  }
}
