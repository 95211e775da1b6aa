package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Asks several things at once. */
final class Together {
  private Together() {}

  /**
   * What they answer, in their order. The first runs in this thread. Blocks; when one fails, or
   * this thread is interrupted, the others are given up.
   *
   * @throws StoreException as the first fails that fails; STOPPED when interrupted
   */
  static <T> List<T> all(List<Callable<T>> asked) {
    List<FutureTask<T>> tasks = asked.stream().map(each -> new FutureTask<>(each)).toList();
    tasks.stream().skip(1).forEach(task -> Thread.ofVirtual().start(task));
    try {
      List<T> answers = new ArrayList<>();
      for (FutureTask<T> task : tasks) {
        task.run();
        answers.add(task.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.STOPPED, "the thread was interrupted", e);
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      tasks.forEach(task -> task.cancel(true));
    }
  }

  private static RuntimeException failure(ExecutionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException told ? told : new IllegalStateException(failed);
  }
}
