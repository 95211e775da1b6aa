package dev.flightlog.tasks.queue;

/**
 * What the Redis queue does, each in one script and so at once. Keys: 1 the stream of tasks that
 * are ready, with the consumer group {@code workers}; 2 the tasks that rest, by the time when they
 * are ready; 3 the leases, by the time when they end; 4 all tasks that are not done, in the order
 * in which they came; 5 those that are done, by when. The entry of a task is a hash whose name
 * begins with argument 1. Times are milliseconds of the server's clock plus argument 2.
 */
final class RedisScripts {
  /** What every script begins with. */
  private static final String HEAD =
      """
      local ready, resting, leases, open, done = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
      local function entry(id) return ARGV[1] .. id end
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[2])
      local function add(id)
        redis.call('HSET', entry(id), 'state', 'ready', 'place',
          redis.call('XADD', ready, '*', 'task', id))
      end
      local function drop(id)
        local place = redis.call('HGET', entry(id), 'place')
        if place then
          redis.call('XACK', ready, 'workers', place)
          redis.call('XDEL', ready, place)
          redis.call('HDEL', entry(id), 'place')
        end
        redis.call('ZREM', leases, id)
        redis.call('ZREM', resting, id)
      end
      local function finish(id)
        drop(id)
        redis.call('ZREM', open, id)
        redis.call('ZADD', done, now, id)
        redis.call('HSET', entry(id), 'state', 'done')
      end
      local function rest(id, pause)
        drop(id)
        redis.call('HSET', entry(id), 'state', 'ready', 'until', now + pause)
        redis.call('ZADD', resting, now + pause, id)
      end
      local function held(id, token)
        local of = redis.call('HMGET', entry(id), 'state', 'token')
        return of[1] == 'taken' and of[2] == token
      end
      """;

  /** 3 task. */
  static final String PUSH =
      HEAD
          + """
          if redis.call('EXISTS', entry(ARGV[3])) == 1 then return 0 end
          local place = redis.call('INCR', ARGV[1] .. ':places')
          redis.call('HSET', entry(ARGV[3]), 'attempts', 0, 'token', 0, 'cancel', 0)
          redis.call('ZADD', open, place, ARGV[3])
          rest(ARGV[3], 0)
          return 1
          """;

  /** 3 owner, 4 milliseconds. */
  static final String TAKE =
      HEAD
          + """
          for _, id in ipairs(redis.call('ZRANGEBYSCORE', resting, '-inf', now, 'LIMIT', 0, 100)) do
            redis.call('ZREM', resting, id)
            add(id)
          end
          local id
          local over = redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, 1)
          if over[1] then
            id = over[1]
            redis.call('XCLAIM', ready, 'workers', ARGV[3], 0, redis.call('HGET', entry(id), 'place'))
          else
            local waiting = redis.call('XREADGROUP', 'GROUP', 'workers', ARGV[3], 'COUNT', 1,
              'STREAMS', ready, '>')
            id = waiting and waiting[1] and waiting[1][2][1] and waiting[1][2][1][2][2]
          end
          if not id then return false end
          redis.call('HSET', entry(id), 'state', 'taken', 'owner', ARGV[3], 'until', now + ARGV[4])
          redis.call('ZADD', leases, now + ARGV[4], id)
          return {id, redis.call('HINCRBY', entry(id), 'token', 1),
            redis.call('HINCRBY', entry(id), 'attempts', 1), now + ARGV[4]}
          """;

  /** 3 task, 4 token, 5 milliseconds. */
  static final String RENEW =
      HEAD
          + """
          if not held(ARGV[3], ARGV[4]) then return 0 end
          redis.call('HSET', entry(ARGV[3]), 'until', now + ARGV[5])
          redis.call('ZADD', leases, now + ARGV[5], ARGV[3])
          return redis.call('HGET', entry(ARGV[3]), 'cancel') == '1' and 2 or 1
          """;

  /** 3 task, 4 token. */
  static final String FINISH =
      HEAD
          + """
          if not held(ARGV[3], ARGV[4]) then return 0 end
          finish(ARGV[3])
          return 1
          """;

  /** 3 task, 4 token, 5 milliseconds or below 0 to park. */
  static final String FAIL =
      HEAD
          + """
          if not held(ARGV[3], ARGV[4]) then return 0 end
          if redis.call('HGET', entry(ARGV[3]), 'cancel') == '1' then
            finish(ARGV[3])
            return 3
          end
          if tonumber(ARGV[5]) < 0 then
            drop(ARGV[3])
            redis.call('HSET', entry(ARGV[3]), 'state', 'parked')
            return 2
          end
          rest(ARGV[3], ARGV[5])
          return 1
          """;

  /** 3 task, 4 token. */
  static final String RELEASE =
      HEAD
          + """
          if not held(ARGV[3], ARGV[4]) then return 0 end
          redis.call('HINCRBY', entry(ARGV[3]), 'attempts', -1)
          rest(ARGV[3], 0)
          return 1
          """;

  /** 3 task. */
  static final String CANCEL =
      HEAD
          + """
          local state = redis.call('HGET', entry(ARGV[3]), 'state')
          if not state or state == 'done' then return 0 end
          redis.call('HSET', entry(ARGV[3]), 'cancel', 1)
          if state == 'taken' then return 2 end
          finish(ARGV[3])
          return 1
          """;

  /** 3 task. */
  static final String RETRY =
      HEAD
          + """
          if redis.call('HGET', entry(ARGV[3]), 'state') ~= 'parked' then return 0 end
          redis.call('HSET', entry(ARGV[3]), 'attempts', 0)
          rest(ARGV[3], 0)
          return 1
          """;

  /** 3 a moment. */
  static final String FORGET =
      HEAD
          + """
          local old = redis.call('ZRANGEBYSCORE', done, '-inf', '(' .. ARGV[3])
          for _, id in ipairs(old) do
            redis.call('DEL', entry(id))
            redis.call('ZREM', done, id)
          end
          return #old
          """;

  private RedisScripts() {}
}
