package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.http.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does something on every server, on all at once. Stateless; blocks until all are done. */
final class EachServer {
  private EachServer() {}

  /**
   * @param patience how long one of them is waited for
   * @throws StoreException as the first of those that failed did
   */
  static void run(Servers servers, Duration patience, Consumer<ServerConnection> work) {
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (String host : servers.hosts()) {
        running.add(
            all.submit(() -> {
              try (ServerConnection one = new ServerConnection(servers.only(host), patience)) {
                work.accept(one);
              }
            }));
      }
      for (Future<?> each : running) {
        finish(each);
      }
    }
  }

  private static void finish(Future<?> each) {
    try {
      each.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.STOPPED, "the thread was interrupted", e);
    }
  }
}
