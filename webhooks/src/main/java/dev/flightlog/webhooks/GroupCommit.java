package dev.flightlog.webhooks;

import dev.flightlog.tasks.Outage;
import dev.flightlog.tasks.database.DurableDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: one thread takes all changes that wait, makes them in one transaction, and only
 * when that is on disk tells those who wait. So the disk is forced once for many, and nobody waits
 * longer than for two transactions. A transaction that fails fails for all its members.
 *
 * <p>Nothing is committed while the disk has less than {@link #LEAST_ROOM} left. What waits would
 * often still fit, into pages that SQLite has at hand or into room that another file gave back a
 * moment ago, but not the task that is to be made from it.
 */
final class GroupCommit implements AutoCloseable {
  private static final int MOST_TOGETHER = 256;
  private static final int MOST_WAITING = 4096;
  private static final long MOST_WAITING_BYTES = 64 << 20;

  /** In bytes. */
  static final long LEAST_ROOM = 1 << 20;

  private final DurableDatabase database;
  private final Outage outage;
  private final LongSupplier free;
  private final BlockingQueue<Waiting<?>> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong bytes = new AtomicLong();
  private final Thread thread = new Thread(this::work, "flightlog-deliveries");
  private volatile boolean closed;

  /**
   * @param free the bytes that the disk has left; asked once for every transaction
   */
  GroupCommit(DurableDatabase database, Outage outage, LongSupplier free) {
    this.database = database;
    this.outage = outage;
    this.free = free;
    thread.setDaemon(true);
    thread.start();
  }

  /** A change, made within a transaction. */
  interface Change<T> {
    T in(Connection connection) throws SQLException;
  }

  private static final class Waiting<T> {
    private final Change<T> change;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private final long bytes;
    private @Nullable T result;

    Waiting(Change<T> change, long bytes) {
      this.change = change;
      this.bytes = bytes;
    }

    void make(Connection connection) throws SQLException {
      result = change.in(connection);
    }

    void tell() {
      done.complete(result);
    }
  }

  /** Makes the change and waits until it is on disk. */
  <T> T run(long size, Change<T> change) {
    try {
      return submit(size, change).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DeliveriesException known) {
        throw known;
      }
      throw new DeliveriesException("a delivery could not be kept: " + e.getCause(), e.getCause());
    }
  }

  /** Makes the change without waiting. */
  <T> CompletableFuture<T> submit(long size, Change<T> change) {
    Waiting<T> waiting = new Waiting<>(change, size);
    synchronized (this) {
      boolean room = !closed && bytes.get() + size <= MOST_WAITING_BYTES;
      if (room && queue.offer(waiting)) {
        bytes.addAndGet(size);
        return waiting.done;
      }
    }
    waiting.done.completeExceptionally(new DeliveriesException());
    return waiting.done;
  }

  private void work() {
    List<Waiting<?>> together = new ArrayList<>();
    while (true) {
      together.clear();
      try {
        together.add(queue.take());
      } catch (InterruptedException e) {
        if (queue.isEmpty()) {
          return;
        }
        continue;
      }
      queue.drainTo(together, MOST_TOGETHER - 1);
      try {
        commit(together);
      } catch (Throwable e) {
        // This thread is the only one, and nobody may wait for it in vain.
        together.forEach(each -> each.done.completeExceptionally(e));
      } finally {
        together.forEach(each -> bytes.addAndGet(-each.bytes));
      }
      if (closed && queue.isEmpty()) {
        return;
      }
    }
  }

  private void commit(List<Waiting<?>> together) {
    try {
      requireRoom();
      database.write(connection -> {
        for (Waiting<?> each : together) {
          each.make(connection);
        }
        return true;
      });
      outage.worked();
      together.forEach(Waiting::tell);
    } catch (Throwable e) {
      DeliveriesException failure =
          new DeliveriesException(
              "deliveries cannot be written to " + database.file() + ": " + e.getMessage(), e);
      outage.failed(String.valueOf(failure.getMessage()));
      together.forEach(each -> each.done.completeExceptionally(failure));
    }
  }

  private void requireRoom() throws SQLException {
    long left = free.getAsLong();
    if (left < LEAST_ROOM) {
      throw new SQLException(
          "the disk is full (" + (left >> 10) + " KiB are left, 1,024 KiB are needed): make room");
    }
  }

  /** Makes what waits, then ends. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    database.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
