package dev.flightlog.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicThreadTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void whateverARunThrowsTheNextOneComesAndBothTurnsAreToldOnce() throws Exception {
    List<Throwable> thrown =
        List.of(
            new StringIndexOutOfBoundsException("odd text"),
            new StackOverflowError(),
            new OutOfMemoryError("for a moment"),
            new java.io.IOException("disk"));
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch well = new CountDownLatch(2);
    try (PeriodicThread thread = new PeriodicThread("test-periodic", told::add)) {
      thread.every(
          Duration.ZERO,
          AT_ONCE,
          "looking",
          () -> {
            int run = runs.getAndIncrement();
            if (run < thrown.size()) {
              switch (thrown.get(run)) {
                case Exception e -> throw e;
                case Error e -> throw e;
                default -> throw new AssertionError();
              }
            }
            well.countDown();
          });
      assertThat(well.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(told).hasSize(2);
    assertThat(told.getFirst()).startsWith("looking failed: ").contains("odd text");
    assertThat(told.getLast()).startsWith("looking works again, after ");
  }

  @Test
  void aListenerThatThrowsEndsNothing() throws Exception {
    CountDownLatch runs = new CountDownLatch(3);
    try (PeriodicThread thread =
        new PeriodicThread(
            "test-periodic",
            message -> {
              throw new IllegalStateException("nobody listens");
            })) {
      thread.every(
          Duration.ZERO,
          AT_ONCE,
          "looking",
          () -> {
            runs.countDown();
            throw new IllegalStateException("again");
          });
      assertThat(runs.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whatFailsBecauseItIsBeingClosedIsNotTold() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    PeriodicThread thread = new PeriodicThread("test-periodic", told::add);
    thread.every(
        Duration.ZERO,
        AT_ONCE,
        "looking",
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new IllegalStateException("closed", e);
          }
        });
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    thread.close();
    assertThat(thread.awaitEnd(Duration.ofSeconds(10))).isTrue();
    thread.once(Duration.ZERO, "more", () -> told.add("ran after the end"));
    assertThat(told).isEmpty();
  }
}
