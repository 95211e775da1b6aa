package dev.flightlog.recorder.agents;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Results that are completion stages. */
final class CompletionStages {
  private CompletionStages() {}

  /** Whether the caller of a method of this type can be given another stage than the agent's. */
  static boolean canReplace(Class<?> resultType) {
    return resultType == CompletionStage.class || resultType == CompletableFuture.class;
  }

  /**
   * A future that is completed as the stage is, after the execution was told; cancelling or
   * completing it does the same to the agent's.
   */
  static <T extends @Nullable Object> CompletionStage<T> replaced(
      CompletionStage<T> stage, Execution execution) {
    CompletableFuture<T> seen = new CompletableFuture<>();
    boolean told =
        whenComplete(
            stage,
            (value, error) -> {
              tell(execution, error);
              complete(seen, value, error);
            });
    if (!told) {
      execution.finished();
      return stage;
    }
    seen.whenComplete((value, error) -> {
      if (stage instanceof CompletableFuture<T> future && !future.isDone()) {
        if (seen.isCancelled()) {
          future.cancel(true);
        } else {
          complete(future, value, error);
        }
      }
    });
    return seen;
  }

  /** Tells the execution when the stage is completed; the caller keeps the agent's own. */
  static void listen(CompletionStage<?> stage, Execution execution) {
    if (!whenComplete(stage, (value, error) -> tell(execution, error))) {
      execution.finished();
    }
  }

  /** False when it is a stage that cannot be listened to. */
  private static <T extends @Nullable Object> boolean whenComplete(
      CompletionStage<T> stage,
      java.util.function.BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
    try {
      stage.whenComplete(action);
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  @SuppressWarnings("NullAway") // null may be what the stage gave
  private static <T extends @Nullable Object> void complete(
      CompletableFuture<T> future, @Nullable T value, @Nullable Throwable error) {
    if (error == null) {
      future.complete(value);
    } else {
      future.completeExceptionally(error);
    }
  }

  private static void tell(Execution execution, @Nullable Throwable error) {
    if (error == null) {
      execution.finished();
      return;
    }
    Throwable cause = error.getCause();
    Throwable first = error instanceof CompletionException && cause != null ? cause : error;
    if (first instanceof CancellationException) {
      execution.cancelled();
    } else {
      execution.failed(first);
    }
  }
}
