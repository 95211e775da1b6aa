package dev.flightlog.tasks.queue;

import dev.flightlog.tasks.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/**
 * A queue in a Redis server, for workers on several machines. What is ready is a stream with a
 * consumer group; every change is one script, so that nothing is ever half done; times are the
 * server's, so that the machines' clocks need not agree.
 *
 * <p>Nothing is asked of the server before the first call, so that whoever needs the queue later
 * can start without it. How safe it is, is how the server is configured: {@code appendonly yes} and
 * {@code appendfsync always} keep what was answered through a power cut.
 */
public final class RedisQueue implements TaskQueue {
  static final String PREFIX = "{flightlog:tasks}";
  static final String GROUP = "workers";
  private static final Duration LOST_LEASE = Duration.ofSeconds(30);
  private static final String ORIGIN = PREFIX + ":origin";
  private static final String SET_ASIDE = PREFIX + ":task::set-aside";

  private final RedisConnection redis;
  private final RetryPolicy retries;
  private final LongSupplier ahead;
  private final List<String> keys =
      List.of(
          PREFIX + ":ready",
          PREFIX + ":resting",
          PREFIX + ":leases",
          PREFIX + ":open",
          PREFIX + ":done");

  private RedisQueue(RedisConnection redis, RetryPolicy retries, LongSupplier ahead) {
    this.redis = redis;
    this.retries = retries;
    this.ahead = ahead;
  }

  /**
   * @param address {@code redis://[user:password@]host[:port][/database]}, or {@code rediss:} for
   *     TLS
   * @throws QueueException when the address is none; not when nobody listens there
   */
  public static RedisQueue open(String address, RetryPolicy retries) {
    return open(address, retries, () -> 0);
  }

  /**
   * @param ahead milliseconds by which this queue's clock is ahead of the server's
   */
  static RedisQueue open(String address, RetryPolicy retries, LongSupplier ahead) {
    return new RedisQueue(RedisConnection.to(address), retries, ahead);
  }

  @Override
  public RetryPolicy retries() {
    return retries;
  }

  @Override
  public String name() {
    return redis.name();
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
        number(
            RedisScripts.RENEW,
            lease.taskId().value(),
            lease.token(),
            time.toMillis(),
            lease.attempt())) {
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
  public boolean park(Lease lease) {
    return number(RedisScripts.PARK, lease.taskId().value(), lease.token()) == 1;
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
    return redis.call(client -> Optional.ofNullable(entry(client, id.value())));
  }

  private static @Nullable QueueEntry entry(RedisClient client, String id) {
    String key = PREFIX + ":task:" + id;
    if (!TaskId.isValid(id) || !client.type(key).equals("hash")) {
      return null;
    }
    Map<String, String> of = client.hgetAll(key);
    QueueState state = QueueState.of(String.valueOf(of.get("state"))).orElse(null);
    if (state == null) {
      return null;
    }
    boolean timed = state == QueueState.READY || state == QueueState.TAKEN;
    long until = number(of.get("until"));
    return new QueueEntry(
        new TaskId(id),
        state,
        (int) number(of.get("attempts")),
        of.get("owner"),
        timed && until > 0 ? Instant.ofEpochMilli(until) : null,
        "1".equals(of.get("cancel")));
  }

  /** 0 for what is no number. */
  private static long number(@Nullable String text) {
    try {
      return text == null ? 0 : (long) Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public List<QueueEntry> pending() {
    return redis.call(client -> {
      List<QueueEntry> all = new ArrayList<>();
      for (String id : client.zrange(PREFIX + ":open", 0, -1)) {
        QueueEntry entry = entry(client, id);
        if (entry != null && entry.state() != QueueState.DONE) {
          all.add(entry);
        }
      }
      return all;
    });
  }

  @Override
  public void mend() {
    number(RedisScripts.MEND, LOST_LEASE.toMillis());
  }

  @Override
  public List<BrokenEntry> broken() {
    return redis.call(client -> {
      List<BrokenEntry> all = new ArrayList<>();
      for (String json : client.lrange(SET_ASIDE, 0, -1)) {
        all.add(BrokenEntries.of(json));
      }
      return all;
    });
  }

  @Override
  public String origin() {
    return redis.call(client -> {
      String origin = client.get(ORIGIN);
      if (origin == null) {
        client.set(ORIGIN, UUID.randomUUID().toString(), SetParams.setParams().nx());
        origin = client.get(ORIGIN);
      }
      return String.valueOf(origin);
    });
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
    return redis.call(client -> client.eval(script, keys, arguments));
  }

  @Override
  public void close() {
    redis.close();
  }
}
