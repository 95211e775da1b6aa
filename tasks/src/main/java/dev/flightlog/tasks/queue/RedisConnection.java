package dev.flightlog.tasks.queue;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The way to a Redis server, made when it is first needed and made again when it leads nowhere: the
 * server was restarted, became a replica, or is another one behind the same address. A consumer
 * group that is gone is made again. Safe for any thread.
 */
final class RedisConnection implements AutoCloseable {
  /** What a server says that does not take changes, but may soon, or another one does. */
  private static final Set<String> ELSEWHERE =
      Set.of("READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "UNBLOCKED", "NOREPLICAS");

  private final URI address;
  private @Nullable RedisClient client;
  private boolean closed;

  private RedisConnection(URI address) {
    this.address = address;
  }

  /**
   * @throws QueueException when this is no address of a Redis server
   */
  static RedisConnection to(String address) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      // The address may hold a password: only its form is told.
      throw wrong();
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!Set.of("redis", "rediss").contains(scheme) || uri.getHost() == null) {
      throw wrong();
    }
    return new RedisConnection(uri);
  }

  private static QueueException wrong() {
    return new QueueException(
        "queue.address is no address of a Redis server: write redis://host:port, or leave it out"
            + " for a queue in a file");
  }

  /** The address without user and password. */
  String name() {
    return address.getScheme()
        + "://"
        + address.getHost()
        + (address.getPort() < 0 ? "" : ":" + address.getPort())
        + address.getPath();
  }

  /**
   * Does work with the server. When the way there turns out to be an old one, or the group to be
   * gone, the work is done once more on a new one; it must be harmless to do it twice.
   *
   * @throws QueueException when it fails again
   */
  <T extends @Nullable Object> T call(Function<RedisClient, T> work) {
    RedisClient used = client();
    try {
      try {
        return work.apply(used);
      } catch (JedisDataException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("NOGROUP")) {
          makeGroup(used);
          return work.apply(used);
        }
        if (ELSEWHERE.stream().anyMatch(message::contains)) {
          return work.apply(replace(used));
        }
        throw e;
      } catch (JedisException e) {
        return work.apply(replace(used));
      }
    } catch (JedisException e) {
      discard(used);
      throw new QueueException(
          "the queue "
              + name()
              + " cannot be used ("
              + e.getMessage()
              + "): start a Redis server there that takes changes, or correct queue.address",
          e);
    }
  }

  private static void makeGroup(RedisClient on) {
    try {
      on.xgroupCreate(RedisQueue.PREFIX + ":ready", RedisQueue.GROUP, new StreamEntryID(), true);
    } catch (JedisDataException e) {
      if (!String.valueOf(e.getMessage()).contains("BUSYGROUP")) {
        throw e;
      }
    }
  }

  private synchronized RedisClient client() {
    if (closed) {
      throw new QueueException("the queue " + name() + " was closed");
    }
    RedisClient open = client;
    if (open == null) {
      open = RedisClient.create(address);
      client = open;
    }
    return open;
  }

  private RedisClient replace(RedisClient old) {
    discard(old);
    return client();
  }

  /** Closes all connections of this client, unless somebody has done so already. */
  private synchronized void discard(RedisClient old) {
    if (client == old) {
      client = null;
      try {
        old.close();
      } catch (JedisException e) {
        // It led nowhere; that is why it goes.
        return;
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    RedisClient open = client;
    client = null;
    if (open != null) {
      open.close();
    }
  }
}
