package dev.flightlog.tasks.queue;

import dev.flightlog.tasks.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tasks that wait for an agent. What was pushed survives a crash and is handed out until somebody
 * finishes it: each time to one holder, under a lease with a token that only grows, so that a
 * holder whose lease has ended can change nothing any more.
 *
 * <p>The queue cannot know whether the agent of a dead holder still lives; who takes a task must
 * see to that before it starts another.
 *
 * <p>Safe for any thread and any number of processes. Every call blocks for disk or network, and
 * throws {@link QueueException} when that fails; then it is not known whether it took effect, and
 * asking again is harmless. A queue that failed once goes on by itself as soon as its cause is
 * gone; one that has lost what it held says so by another {@link #origin}.
 */
public interface TaskQueue extends AutoCloseable {
  /**
   * Adds a task. It is durable when this returns.
   *
   * @return false when the queue knows the task already, in whatever state; then nothing changes
   */
  boolean push(TaskId id);

  /**
   * Takes a task whose lease has ended, else the one that has been ready for longest. A task whose
   * holder died on its last attempt is handed out once more, with an attempt above the {@link
   * #retries}, to be {@linkplain #fail failed} and so parked.
   *
   * @param owner a name for people
   */
  Optional<Lease> take(String owner, Duration lease);

  /**
   * Asks for more time, from now. A queue that has lost the task enters it again, as this holder's:
   * so work goes on that was under way when the queue was lost.
   */
  Renewal renew(Lease lease, Duration time);

  /**
   * The task is done, however it ended.
   *
   * @return false when the lease was lost
   */
  boolean finish(Lease lease);

  /** The attempt has failed: the task rests, then is ready again, or is parked. */
  Verdict fail(Lease lease);

  /**
   * The task waits for a person, however often it was tried.
   *
   * @return false when the lease was lost
   */
  boolean park(Lease lease);

  /**
   * Gives a task back that was not really tried, ready at once; the attempt does not count.
   *
   * @return false when the lease was lost
   */
  boolean release(Lease lease);

  /**
   * Cancels a task: at once when nobody works on it, else by telling its holder, or whoever takes
   * the task after that, when the lease is renewed.
   */
  Cancellation cancel(TaskId id);

  /**
   * Makes a task that is parked or done ready, with its attempts counted anew.
   *
   * @return false when it is neither
   */
  boolean retry(TaskId id);

  Optional<QueueEntry> find(TaskId id);

  /** All entries that are not done, in the order in which they were pushed. */
  List<QueueEntry> pending();

  /**
   * Looks through all entries that are not done: sets aside what nobody can understand, and puts
   * right what lost a part of itself. Takes time with their number.
   */
  void mend();

  /** What was set aside, oldest first. */
  List<BrokenEntry> broken();

  /**
   * Forgets tasks that were done before this moment; pushed again, they would be new.
   *
   * @return how many
   */
  int forget(Instant doneBefore);

  /** Waits until something may be ready, at most this long; perhaps less. */
  void await(Duration most) throws InterruptedException;

  /** How often tasks are tried. */
  RetryPolicy retries();

  /** What tells this queue from others, for people; holds no secret. */
  String name();

  /**
   * What tells the present content from that of a queue that was lost and made again. Reaches the
   * queue: who asks for it learns, too, whether it can be reached.
   */
  String origin();

  @Override
  void close();

  /** What became of a failed attempt. */
  enum Verdict {
    RETRIED,
    PARKED,
    /** It was cancelled meanwhile, and is done. */
    CANCELLED,
    /** The lease was lost; nothing changed. */
    LOST
  }

  /** What became of a wish to cancel. */
  enum Cancellation {
    /** Nobody worked on it; it is done. */
    CANCELLED,
    /** Its holder learns of it when it renews. */
    REQUESTED,
    /** Unknown, or done before. */
    NOTHING
  }
}
