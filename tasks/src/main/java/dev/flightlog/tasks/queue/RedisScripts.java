package dev.flightlog.tasks.queue;

/**
 * What the Redis queue does, each in one script and so at once. Keys: 1 the stream of tasks that
 * are ready, with the consumer group {@code workers}; 2 the tasks that rest, by the time when they
 * are ready; 3 the leases, by the time when they end; 4 all tasks that are not done, in the order
 * in which they came; 5 those that are done, by when. The entry of a task is a hash whose name
 * begins with argument 1. Times are milliseconds of the server's clock plus argument 2.
 *
 * <p>Any key may be gone, because a server may evict keys or come back empty: what is missing of an
 * entry is made again. What is no entry is put into the list beside them, where people find it.
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
      local function aside(id, reason)
        redis.call('RPUSH', ARGV[1] .. ':set-aside', cjson.encode({
          content = string.sub(tostring(id), 1, 200), reason = reason, at = string.format('%.0f', now)}))
      end
      local function known(id)
        return type(id) == 'string' and #id >= 9 and #id <= 69
          and string.find(id, '^task%-[a-z0-9][a-z0-9-]*[a-z0-9]$') ~= nil
      end
      local function state(id)
        local kind = redis.call('TYPE', entry(id)).ok
        if kind ~= 'hash' and kind ~= 'none' then
          aside(id, 'its entry is a ' .. kind)
          redis.call('DEL', entry(id))
        end
        local word = redis.call('HGET', entry(id), 'state')
        if word and word ~= 'ready' and word ~= 'taken' and word ~= 'parked' and word ~= 'done' then
          aside(id .. ' ' .. word, 'a state that this version does not know')
          redis.call('DEL', entry(id))
          return false
        end
        for _, field in ipairs({'attempts', 'token'}) do
          local count = redis.call('HGET', entry(id), field)
          if count and not string.find(count, '^%-?%d+$') then
            aside(id .. ' ' .. field .. ' ' .. count, 'a count that is no number')
            redis.call('HSET', entry(id), field, 0)
          end
        end
        return word
      end
      local function enlist(id)
        if not redis.call('ZSCORE', open, id) then
          redis.call('ZADD', open, redis.call('INCR', ARGV[1] .. ':places'), id)
        end
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
          if state(ARGV[3]) then return 0 end
          redis.call('HSET', entry(ARGV[3]), 'attempts', 0, 'token', 0, 'cancel', 0)
          enlist(ARGV[3])
          rest(ARGV[3], 0)
          return 1
          """;

  /** 3 owner, 4 milliseconds. */
  static final String TAKE =
      HEAD
          + """
          for _, id in ipairs(redis.call('ZRANGEBYSCORE', resting, '-inf', now, 'LIMIT', 0, 100)) do
            redis.call('ZREM', resting, id)
            if known(id) then add(id) else aside(id, 'no task') end
          end
          local id
          for i = 1, 100 do
            local over = redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, 1)
            if not over[1] then break end
            if known(over[1]) and state(over[1]) == 'taken' then
              id = over[1]
              local place = redis.call('HGET', entry(id), 'place')
              if place then redis.call('XCLAIM', ready, 'workers', ARGV[3], 0, place) end
              break
            end
            redis.call('ZREM', leases, over[1])
            if not known(over[1]) then
              aside(over[1], 'no task')
            elseif not state(over[1]) then
              rest(over[1], 0)
            end
          end
          for i = 1, 100 do
            if id then break end
            local waiting = redis.call('XREADGROUP', 'GROUP', 'workers', ARGV[3], 'COUNT', 1,
              'STREAMS', ready, '>')
            local record = waiting and waiting[1] and waiting[1][2][1]
            if not record then break end
            local found = record[2] and record[2][1] == 'task' and record[2][2]
            local now_in = known(found) and state(found)
            if not known(found) then
              aside(cjson.encode(record[2] or {}), 'no record of a task')
            elseif not now_in or now_in == 'ready' then
              id = found
              redis.call('HSET', entry(id), 'place', record[1])
            end
            if not id then
              redis.call('XACK', ready, 'workers', record[1])
              redis.call('XDEL', ready, record[1])
            end
          end
          if not id then return false end
          enlist(id)
          redis.call('ZREM', resting, id)
          redis.call('HSET', entry(id), 'state', 'taken', 'owner', ARGV[3], 'until', now + ARGV[4])
          redis.call('ZADD', leases, now + ARGV[4], id)
          return {id, redis.call('HINCRBY', entry(id), 'token', 1),
            redis.call('HINCRBY', entry(id), 'attempts', 1), now + ARGV[4]}
          """;

  /** 3 task, 4 token, 5 milliseconds, 6 attempt. */
  static final String RENEW =
      HEAD
          + """
          if not state(ARGV[3]) then
            redis.call('HSET', entry(ARGV[3]), 'state', 'taken', 'token', ARGV[4],
              'attempts', ARGV[6], 'cancel', 0)
            enlist(ARGV[3])
          end
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
  static final String PARK =
      HEAD
          + """
          if not held(ARGV[3], ARGV[4]) then return 0 end
          drop(ARGV[3])
          redis.call('HSET', entry(ARGV[3]), 'state', 'parked')
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
          local before = state(ARGV[3])
          if not before or before == 'done' then return 0 end
          redis.call('HSET', entry(ARGV[3]), 'cancel', 1)
          if before == 'taken' then return 2 end
          finish(ARGV[3])
          return 1
          """;

  /** 3 task. */
  static final String RETRY =
      HEAD
          + """
          local before = state(ARGV[3])
          if before ~= 'parked' and before ~= 'done' then return 0 end
          redis.call('ZREM', done, ARGV[3])
          enlist(ARGV[3])
          redis.call('HSET', entry(ARGV[3]), 'attempts', 0, 'cancel', 0)
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

  /** 3 milliseconds of a lease that lost its end. */
  static final String MEND =
      HEAD
          + """
          local mended = 0
          for _, id in ipairs(redis.call('ZRANGE', open, 0, -1)) do
            local aside_before = redis.call('LLEN', ARGV[1] .. ':set-aside')
            local word = known(id) and state(id)
            if known(id) and redis.call('LLEN', ARGV[1] .. ':set-aside') > aside_before and not word then
              redis.call('ZREM', open, id)
            elseif not known(id) then
              aside(id, 'no task')
              redis.call('ZREM', open, id)
            elseif word == 'done' then
              redis.call('ZREM', open, id)
            elseif word == 'taken' then
              if not redis.call('ZSCORE', leases, id) then
                redis.call('ZADD', leases, now + ARGV[3], id)
                mended = mended + 1
              end
            elseif word ~= 'parked' and not redis.call('ZSCORE', resting, id) then
              local place = redis.call('HGET', entry(id), 'place')
              local there = place and #redis.call('XRANGE', ready, place, place) == 1
              local pending = there and
                #redis.call('XPENDING', ready, 'workers', place, place, 1) == 1
              if not there or pending then
                rest(id, 0)
                mended = mended + 1
              end
            end
          end
          return mended
          """;

  private RedisScripts() {}
}
