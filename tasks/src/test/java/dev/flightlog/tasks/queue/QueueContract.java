package dev.flightlog.tasks.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.queue.TaskQueue.Cancellation;
import dev.flightlog.tasks.queue.TaskQueue.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What every queue promises. Time stands still but for {@link #step}. */
abstract class QueueContract {
  static final RetryPolicy RETRIES =
      new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofSeconds(15));
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final TaskId A = TaskId.ofKey("a");
  private static final TaskId B = TaskId.ofKey("b");

  /** Opens the queue, the same one each time. */
  abstract TaskQueue open();

  /** Moves the time on, for all queues that were opened. */
  abstract void step(Duration time);

  /** The time of a queue that has just been asked; at most some milliseconds later. */
  abstract long now();

  private static Lease take(TaskQueue queue) {
    return queue.take("worker", LEASE).orElseThrow();
  }

  @Test
  void whatIsPushedIsHandedOutOnceInItsOrder() {
    try (TaskQueue queue = open()) {
      assertThat(queue.push(A)).isTrue();
      step(Duration.ofMillis(10));
      assertThat(queue.push(B)).isTrue();
      assertThat(queue.push(A)).isFalse();
      assertThat(take(queue).taskId()).isEqualTo(A);
      assertThat(take(queue).taskId()).isEqualTo(B);
      assertThat(queue.take("worker", LEASE)).isEmpty();
    }
  }

  @Test
  void whatWasPushedIsThereWhenTheQueueIsOpenedAgain() {
    try (TaskQueue queue = open()) {
      queue.push(A);
    }
    try (TaskQueue queue = open()) {
      assertThat(queue.push(A)).isFalse();
      assertThat(take(queue).attempt()).isEqualTo(1);
    }
  }

  @Test
  void aLeaseThatEndsLetsSomebodyElseInAndItsOldHolderOut() {
    try (TaskQueue queue = open();
        TaskQueue other = open()) {
      queue.push(A);
      Lease dead = take(queue);
      step(LEASE.minusSeconds(1));
      assertThat(other.take("other", LEASE)).isEmpty();
      step(Duration.ofSeconds(2));
      Lease next = other.take("other", LEASE).orElseThrow();
      assertThat(next.token()).isGreaterThan(dead.token());
      assertThat(next.attempt()).isEqualTo(2);
      assertThat(queue.renew(dead, LEASE)).isEqualTo(Renewal.LOST);
      assertThat(queue.finish(dead)).isFalse();
      assertThat(queue.fail(dead)).isEqualTo(Verdict.LOST);
      assertThat(queue.release(dead)).isFalse();
      assertThat(other.finish(next)).isTrue();
    }
  }

  @Test
  void aRenewedLeaseHolds() {
    try (TaskQueue queue = open()) {
      queue.push(A);
      Lease lease = take(queue);
      for (int i = 0; i < 5; i++) {
        step(LEASE.minusSeconds(1));
        assertThat(queue.renew(lease, LEASE)).isEqualTo(Renewal.RENEWED);
        assertThat(queue.take("other", LEASE)).isEmpty();
      }
      assertThat(queue.finish(lease)).isTrue();
      assertThat(queue.finish(lease)).isFalse();
      assertThat(queue.push(A)).isFalse();
    }
  }

  @Test
  void whatFailsRestsLongerEachTimeAndIsParkedInTheEnd() {
    try (TaskQueue queue = open()) {
      queue.push(A);
      assertThat(queue.fail(take(queue))).isEqualTo(Verdict.RETRIED);
      step(Duration.ofSeconds(9));
      assertThat(queue.take("worker", LEASE)).isEmpty();
      step(Duration.ofSeconds(2));
      assertThat(queue.fail(take(queue))).isEqualTo(Verdict.RETRIED);
      step(Duration.ofSeconds(14));
      assertThat(queue.take("worker", LEASE)).isEmpty();
      step(Duration.ofSeconds(2));
      assertThat(queue.fail(take(queue))).isEqualTo(Verdict.PARKED);
      step(Duration.ofDays(1));
      assertThat(queue.take("worker", LEASE)).isEmpty();
      assertThat(queue.pending())
          .singleElement()
          .satisfies(entry -> assertThat(entry.state()).isEqualTo(QueueState.PARKED));
      assertThat(queue.retry(A)).isTrue();
      assertThat(queue.retry(A)).isFalse();
      assertThat(take(queue).attempt()).isEqualTo(1);
    }
  }

  @Test
  void aTaskWhoseLastHolderDiedIsHandedOutToBeParked() {
    try (TaskQueue queue = open()) {
      queue.push(A);
      for (int i = 1; i <= 3; i++) {
        assertThat(take(queue).attempt()).isEqualTo(i);
        step(LEASE.plusSeconds(1));
      }
      Lease beyond = take(queue);
      assertThat(beyond.attempt()).isGreaterThan(queue.retries().attempts());
      assertThat(queue.fail(beyond)).isEqualTo(Verdict.PARKED);
    }
  }

  @Test
  void aWaitingTaskIsCancelledAtOnceARunningOneThroughItsHolder() {
    try (TaskQueue queue = open()) {
      queue.push(A);
      assertThat(queue.cancel(A)).isEqualTo(Cancellation.CANCELLED);
      assertThat(queue.cancel(A)).isEqualTo(Cancellation.NOTHING);
      assertThat(queue.cancel(TaskId.ofKey("unknown"))).isEqualTo(Cancellation.NOTHING);
      assertThat(queue.take("worker", LEASE)).isEmpty();
      queue.push(B);
      Lease lease = take(queue);
      assertThat(queue.cancel(B)).isEqualTo(Cancellation.REQUESTED);
      assertThat(queue.find(B).orElseThrow().cancelWanted()).isTrue();
      assertThat(queue.renew(lease, LEASE)).isEqualTo(Renewal.CANCEL);
      assertThat(queue.fail(lease)).isEqualTo(Verdict.CANCELLED);
      assertThat(queue.pending()).isEmpty();
    }
  }

  @Test
  void aTaskThatIsGivenBackIsReadyAtOnceAndTheAttemptDoesNotCount() {
    try (TaskQueue queue = open()) {
      queue.push(A);
      assertThat(queue.release(take(queue))).isTrue();
      assertThat(take(queue).attempt()).isEqualTo(1);
    }
  }

  @Test
  void whatIsForgottenCanBePushedAgain() {
    try (TaskQueue queue = open()) {
      queue.push(A);
      queue.finish(take(queue));
      assertThat(queue.forget(java.time.Instant.ofEpochMilli(now()).minusSeconds(60))).isZero();
      step(Duration.ofDays(1));
      assertThat(queue.forget(java.time.Instant.ofEpochMilli(now()).minusSeconds(60))).isEqualTo(1);
      assertThat(queue.find(A)).isEmpty();
      assertThat(queue.push(A)).isTrue();
    }
  }

  /** Takes everything out of the queue, as when its server came back empty or its file is gone. */
  abstract void lose() throws Exception;

  /** Puts records into the queue that nobody has written so, as many as are told. */
  abstract int spoil(TaskId id) throws Exception;

  @Test
  void aQueueThatWasLostGoesOnAndSaysThatItIsAnotherOne() throws Exception {
    try (TaskQueue queue = open()) {
      queue.push(A);
      Lease lease = take(queue);
      String before = queue.origin();
      assertThat(queue.origin()).isEqualTo(before);
      lose();
      assertThat(queue.find(B)).isEmpty();
      assertThat(queue.origin()).isNotEqualTo(before);
      assertThat(queue.push(B)).isTrue();
      assertThat(take(queue).taskId()).isEqualTo(B);
      // Who worked on a task keeps it.
      assertThat(queue.renew(lease, LEASE)).isEqualTo(Renewal.RENEWED);
      assertThat(queue.push(A)).isFalse();
      assertThat(queue.take("other", LEASE)).isEmpty();
      assertThat(queue.finish(lease)).isTrue();
    }
  }

  @Test
  void whatIsNoEntryIsSetAsideAndStopsNobody() throws Exception {
    try (TaskQueue queue = open()) {
      int broken = spoil(A);
      queue.push(B);
      step(Duration.ofSeconds(1));
      assertThat(take(queue).taskId()).isEqualTo(B);
      assertThat(queue.take("worker", LEASE)).isEmpty();
      queue.mend();
      assertThat(queue.pending()).extracting(QueueEntry::taskId).containsExactly(B);
      assertThat(queue.broken()).hasSize(broken);
      assertThat(queue.broken()).allSatisfy(each -> assertThat(each.reason()).isNotEmpty());
      assertThat(queue.push(A)).isTrue();
    }
  }

  @Test
  void aParkedOrCancelledOrFinishedTaskCanBeTriedAgain() {
    try (TaskQueue queue = open()) {
      queue.push(A);
      assertThat(queue.park(take(queue))).isTrue();
      assertThat(queue.take("worker", LEASE)).isEmpty();
      assertThat(queue.retry(A)).isTrue();
      step(Duration.ofSeconds(1));
      assertThat(queue.cancel(A)).isEqualTo(Cancellation.CANCELLED);
      assertThat(queue.retry(A)).isTrue();
      step(Duration.ofSeconds(1));
      Lease lease = take(queue);
      assertThat(queue.renew(lease, LEASE)).isEqualTo(Renewal.RENEWED);
      assertThat(queue.finish(lease)).isTrue();
      assertThat(queue.park(lease)).isFalse();
      assertThat(queue.retry(A)).isTrue();
      assertThat(queue.pending()).hasSize(1);
      step(Duration.ofSeconds(1));
      assertThat(take(queue).taskId()).isEqualTo(A);
    }
  }

  @Test
  void aTaskThatFailsAfterItWasCancelledIsDoneAtThatTime() {
    try (TaskQueue queue = open()) {
      queue.push(A);
      Lease lease = take(queue);
      assertThat(queue.cancel(A)).isEqualTo(Cancellation.REQUESTED);
      step(Duration.ofSeconds(1));
      assertThat(queue.fail(lease)).isEqualTo(Verdict.CANCELLED);
      step(Duration.ofSeconds(3));
      assertThat(queue.forget(Instant.ofEpochMilli(now() - 1000))).isEqualTo(1);
    }
  }

  @Test
  void noTwoOfManyTakersGetTheSameTask() throws InterruptedException {
    Set<TaskId> taken = ConcurrentHashMap.newKeySet();
    List<Thread> takers = new ArrayList<>();
    try (TaskQueue queue = open()) {
      for (int i = 0; i < 100; i++) {
        queue.push(TaskId.ofKey("many " + i));
      }
    }
    Set<TaskId> twice = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 4; i++) {
      String name = "taker " + i;
      takers.add(
          Thread.ofPlatform()
              .start(() -> {
                try (TaskQueue queue = open()) {
                  Optional<Lease> lease;
                  while ((lease = queue.take(name, LEASE)).isPresent()) {
                    if (!taken.add(lease.get().taskId())) {
                      twice.add(lease.get().taskId());
                    }
                  }
                }
              }));
    }
    for (Thread taker : takers) {
      taker.join();
    }
    assertThat(twice).isEmpty();
    assertThat(taken).hasSize(100);
  }

  /** Whatever is done in whatever order, the queue answers as the model does. */
  @Test
  void itBehavesAsTheModelDoes() {
    long seed = Long.getLong("flightlog.seed", System.nanoTime());
    System.out.println(getClass().getSimpleName() + " -Dflightlog.seed=" + seed);
    Random random = new Random(seed);
    ModelQueue model = new ModelQueue(RETRIES);
    List<Lease> leases = new ArrayList<>();
    Set<Long> tokens = new HashSet<>();
    try (TaskQueue queue = open()) {
      for (int i = 0; i < Integer.getInteger("flightlog.queue.steps", 1500); i++) {
        // Steps are so much longer than a call that the calls between them happen at one time.
        step(Duration.ofSeconds(1 + random.nextInt(12)));
        long now = now();
        TaskId id = TaskId.ofKey("model " + random.nextInt(12));
        Lease lease = leases.isEmpty() ? null : leases.get(random.nextInt(leases.size()));
        String what = "seed " + seed + ", step " + i;
        switch (random.nextInt(10)) {
          case 0 -> assertThat(queue.push(id)).as(what).isEqualTo(model.push(id, now));
          case 1, 2, 3 -> {
            List<TaskId> may = model.next(now);
            Optional<Lease> got = queue.take("w" + random.nextInt(3), LEASE);
            assertThat(got.isPresent()).as(what).isEqualTo(!may.isEmpty());
            if (got.isPresent()) {
              assertThat(may).as(what).contains(got.get().taskId());
              ModelQueue.Item item = model.taken(got.get().taskId(), now, LEASE.toMillis());
              assertThat(got.get().attempt()).as(what).isEqualTo(item.attempts);
              assertThat(got.get().token()).as(what).isEqualTo(item.token);
              leases.add(got.get());
              tokens.add(item.token);
            }
          }
          case 4 -> {
            if (lease != null) {
              assertThat(queue.renew(lease, LEASE))
                  .as(what)
                  .isEqualTo(model.renew(lease, now, LEASE.toMillis()));
            }
          }
          case 5 -> {
            if (lease != null) {
              assertThat(queue.finish(lease)).as(what).isEqualTo(model.finish(lease, now));
            }
          }
          case 6 -> {
            if (lease != null) {
              assertThat(queue.fail(lease)).as(what).isEqualTo(model.fail(lease, now));
            }
          }
          case 7 -> {
            if (lease != null) {
              assertThat(queue.release(lease)).as(what).isEqualTo(model.release(lease, now));
            }
          }
          case 8 -> assertThat(queue.cancel(id)).as(what).isEqualTo(model.cancel(id, now));
          default -> {
            assertThat(queue.retry(id)).as(what).isEqualTo(model.retry(id, now));
            long before = now - 60_000;
            assertThat(queue.forget(Instant.ofEpochMilli(before)))
                .as(what)
                .isEqualTo(model.forget(before));
            leases.removeIf(each -> !model.items.containsKey(each.taskId()));
          }
        }
        assertThat(queue.pending().stream().map(e -> e.taskId() + " " + e.state()).toList())
            .as(what)
            .containsExactlyInAnyOrderElementsOf(
                model.items.values().stream()
                    .filter(item -> item.state != QueueState.DONE)
                    .map(item -> item.id + " " + item.state)
                    .toList());
      }
    }
  }
}
