package dev.flightlog.server.http;

import dev.flightlog.server.web.Handler;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs handlers on platform threads, because the store's native code would hold the carrier of a
 * virtual one. So many run, so many wait, the rest is refused at once.
 */
final class Workers implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ThreadPoolExecutor pool;

  Workers(int threads, int queue) {
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().name("flightlog-request-", 0).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Blocks until the route's handler has answered, or its time is over and it was interrupted.
   *
   * @throws ExecutionException with what the handler threw
   * @throws dev.flightlog.server.web.ProblemException 503 when there is too much to do, or it took
   *     too long
   */
  Response answer(Route route, Request request) throws ExecutionException, InterruptedException {
    Handler handler = route.handler();
    Future<Response> answer;
    try {
      answer = pool.submit(() -> handler.handle(request));
    } catch (RejectedExecutionException e) {
      throw Problem.overloaded("the server has too much to do at the moment", SOON).exception();
    }
    try {
      return answer.get(route.limits().time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw Problem.overloaded(
              "this took longer than " + route.limits().time().toSeconds() + " s: ask for less",
              Duration.ofSeconds(5))
          .exception();
    }
  }

  /** Requests that wait for a thread. */
  int waiting() {
    return pool.getQueue().size();
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
