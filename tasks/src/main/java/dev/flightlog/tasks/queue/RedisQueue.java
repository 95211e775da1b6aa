package dev.flightlog.tasks.queue;

import dev.flightlog.tasks.TaskId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A queue in a Redis server, for workers on several machines. What is ready is a stream with a
 * consumer group; every change is one script, so that nothing is ever half done; times are the
 * server's, so that the machines' clocks need not agree.
 *
 * <p>How safe it is, is how the server is configured: {@code appendonly yes} and {@code appendfsync
 * always} keep what was answered through a power cut.
 */
public final class RedisQueue implements TaskQueue {
  private static final String PREFIX = "{flightlog:tasks}";
  private static final String GROUP = "workers";

  private final URI address;
  private final RedisClient redis;
  private final RetryPolicy retries;
  private final LongSupplier ahead;
  private final List<String> keys;

  private RedisQueue(URI address, RedisClient redis, RetryPolicy retries, LongSupplier ahead) {
    this.address = address;
    this.redis = redis;
    this.retries = retries;
    this.ahead = ahead;
    keys =
        List.of(
            PREFIX + ":ready",
            PREFIX + ":resting",
            PREFIX + ":leases",
            PREFIX + ":open",
            PREFIX + ":done");
  }

  /**
   * @param address {@code redis://[user:password@]host[:port][/database]}, or {@code rediss:} for
   *     TLS
   */
  public static RedisQueue open(String address, RetryPolicy retries) {
    return open(address, retries, () -> 0);
  }

  /**
   * @param ahead milliseconds by which this queue's clock is ahead of the server's
   */
  static RedisQueue open(String address, RetryPolicy retries, LongSupplier ahead) {
    URI uri = URI.create(address);
    RedisClient redis = RedisClient.create(uri);
    try {
      try {
        redis.xgroupCreate(PREFIX + ":ready", GROUP, new StreamEntryID(), true);
      } catch (JedisDataException e) {
        if (!String.valueOf(e.getMessage()).startsWith("BUSYGROUP")) {
          throw e;
        }
      }
      return new RedisQueue(uri, redis, retries, ahead);
    } catch (JedisException e) {
      redis.close();
      throw new QueueException(
          "the queue "
              + withoutSecret(uri)
              + " cannot be reached ("
              + e.getMessage()
              + "): start a Redis server there, or correct queue.address",
          e);
    }
  }

  private static String withoutSecret(URI uri) {
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + uri.getPath();
  }

  @Override
  public RetryPolicy retries() {
    return retries;
  }

  @Override
  public String name() {
    return withoutSecret(address);
  }

  @Override
  public boolean push(TaskId id) {
    return number(RedisScripts.PUSH, id.value()) == 1;
  }

  @Override
  public Optional<Lease> take(String owner, Duration lease) {
    Object taken = script(RedisScripts.TAKE, owner, lease.toMillis());
    if (!(taken instanceof List<?> of)) {
      return Optional.empty();
    }
    return Optional.of(
        new Lease(
            new TaskId(String.valueOf(of.get(0))),
            ((Number) of.get(1)).longValue(),
            ((Number) of.get(2)).intValue(),
            Instant.ofEpochMilli(((Number) of.get(3)).longValue())));
  }

  @Override
  public Renewal renew(Lease lease, Duration time) {
    return switch ((int)
        number(RedisScripts.RENEW, lease.taskId().value(), lease.token(), time.toMillis())) {
      case 1 -> Renewal.RENEWED;
      case 2 -> Renewal.CANCEL;
      default -> Renewal.LOST;
    };
  }

  @Override
  public boolean finish(Lease lease) {
    return number(RedisScripts.FINISH, lease.taskId().value(), lease.token()) == 1;
  }

  @Override
  public Verdict fail(Lease lease) {
    boolean last = lease.attempt() >= retries.attempts();
    long pause = last ? -1 : retries.pauseAfter(lease.attempt()).toMillis();
    return switch ((int) number(RedisScripts.FAIL, lease.taskId().value(), lease.token(), pause)) {
      case 1 -> Verdict.RETRIED;
      case 2 -> Verdict.PARKED;
      case 3 -> Verdict.CANCELLED;
      default -> Verdict.LOST;
    };
  }

  @Override
  public boolean release(Lease lease) {
    return number(RedisScripts.RELEASE, lease.taskId().value(), lease.token()) == 1;
  }

  @Override
  public Cancellation cancel(TaskId id) {
    return switch ((int) number(RedisScripts.CANCEL, id.value())) {
      case 1 -> Cancellation.CANCELLED;
      case 2 -> Cancellation.REQUESTED;
      default -> Cancellation.NOTHING;
    };
  }

  @Override
  public boolean retry(TaskId id) {
    return number(RedisScripts.RETRY, id.value()) == 1;
  }

  @Override
  public Optional<QueueEntry> find(TaskId id) {
    try {
      return Optional.ofNullable(entry(id.value()));
    } catch (JedisException e) {
      throw failed(e);
    }
  }

  private @Nullable QueueEntry entry(String id) {
    Map<String, String> of = redis.hgetAll(PREFIX + ":task:" + id);
    String named = of.get("state");
    if (named == null) {
      return null;
    }
    QueueState state = QueueState.of(named);
    boolean timed = state == QueueState.READY || state == QueueState.TAKEN;
    String until = of.get("until");
    return new QueueEntry(
        new TaskId(id),
        state,
        Integer.parseInt(of.getOrDefault("attempts", "0")),
        of.get("owner"),
        timed && until != null ? Instant.ofEpochMilli(Long.parseLong(until)) : null,
        "1".equals(of.get("cancel")));
  }

  @Override
  public List<QueueEntry> pending() {
    List<QueueEntry> all = new ArrayList<>();
    try {
      for (String id : redis.zrange(PREFIX + ":open", 0, -1)) {
        QueueEntry entry = entry(id);
        if (entry != null && entry.state() != QueueState.DONE) {
          all.add(entry);
        }
      }
    } catch (JedisException e) {
      throw failed(e);
    }
    return all;
  }

  @Override
  public int forget(Instant doneBefore) {
    return (int) number(RedisScripts.FORGET, doneBefore.toEpochMilli());
  }

  @Override
  public void await(Duration most) throws InterruptedException {
    // What was pushed elsewhere is found by looking again: no connection is kept waiting for it.
    Thread.sleep(Math.min(most.toMillis(), 200));
  }

  private long number(String script, Object... values) {
    return script(script, values) instanceof Number number ? number.longValue() : 0;
  }

  private @Nullable Object script(String script, Object... values) {
    List<String> arguments = new ArrayList<>();
    arguments.add(PREFIX + ":task:");
    arguments.add(String.valueOf(ahead.getAsLong()));
    for (Object value : values) {
      arguments.add(String.valueOf(value));
    }
    try {
      return redis.eval(script, keys, arguments);
    } catch (JedisException e) {
      throw failed(e);
    }
  }

  private QueueException failed(JedisException e) {
    return new QueueException("the queue " + name() + " failed: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    redis.close();
  }
}
