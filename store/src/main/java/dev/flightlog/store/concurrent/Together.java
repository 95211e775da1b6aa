package dev.flightlog.store.concurrent;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Asks several things at once: of a store on servers an answer is waited for longer than this
 * machine works at it.
 */
public final class Together {
  private static final int LANES = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

  private Together() {}

  /**
   * What they answer, in their order. All begin at once, the first in this thread. Blocks; when one
   * fails, or this thread is interrupted, the others are given up.
   *
   * @throws StoreException as the first fails that fails; STOPPED when interrupted
   */
  public static <T> List<T> all(List<? extends Callable<T>> asked) {
    return all(asked, Integer.MAX_VALUE);
  }

  /**
   * The same of many things that are asked of one store: a few at once when it is on servers, which
   * machines share; one on this machine is quicker when it is asked in turn.
   */
  public static <T> List<T> some(EventStore store, List<? extends Callable<T>> asked) {
    return all(asked, store.leases().isPresent() ? LANES : 1);
  }

  private static <T> List<T> all(List<? extends Callable<T>> asked, int atOnce) {
    List<FutureTask<T>> tasks = new ArrayList<>();
    asked.forEach(each -> tasks.add(new FutureTask<>(each)));
    // Each begins with another one, and takes what nobody has begun.
    for (int lane = 1; lane < Math.min(tasks.size(), atOnce); lane++) {
      List<FutureTask<T>> mine = tasks.subList(lane, tasks.size());
      Thread.ofVirtual().start(() -> mine.forEach(FutureTask::run));
    }
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
