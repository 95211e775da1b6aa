package dev.flightlog.formats.codex;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose lines a rollout holds. A fork, a resumed thread or a spawned agent begins with its own
 * {@code session_meta}, then the parent's, then all of the parent's lines, stamped anew in one go;
 * they are the parent's, or that of the parent's parent, and are known again by what they say, not
 * by when. The first line after a pause, or of a turn that is younger than the thread, is its own.
 */
final class CodexThread {
  /** A replay is written in one go; a longer pause ends it. */
  private static final long PAUSE_MICROS = 500_000;

  private static final int MOST_KINDS = 4096;

  private static final int MOST_ANCESTORS = 64;

  private final Map<String, Integer> met = new LinkedHashMap<>();

  /** The thread, the one it was forked from, and so on. */
  private final List<String> chain = new ArrayList<>();

  private @Nullable String own;
  private @Nullable String current;
  private boolean inherits;
  private long lastTime = Timestamps.NONE;

  /** The session to which the lines belong that are read now. */
  @Nullable String session() {
    return current;
  }

  boolean isReplay() {
    return current != null && own != null && !current.equals(own);
  }

  /** True when the running totals may begin with what a parent used. */
  boolean inherits() {
    return inherits;
  }

  /** A {@code session_meta}; answers true for the thread's own, which is the first. */
  boolean meta(@Nullable String id, boolean isChild) {
    if (own == null) {
      own = id;
      current = id;
      if (id != null) {
        chain.add(id);
      }
      inherits = isChild;
      return true;
    }
    if (id != null) {
      current = id;
      if (!chain.contains(id) && chain.size() < MOST_ANCESTORS) {
        chain.add(id);
      }
    }
    return false;
  }

  /** A line at this time, of this turn. */
  void line(long time, @Nullable String turn) {
    if (isReplay()) {
      boolean pause = lastTime != Timestamps.NONE && time - lastTime > PAUSE_MICROS;
      if (pause) {
        current = own;
      } else if (turn != null) {
        current = ownerOf(turn);
      }
    }
    lastTime = time;
  }

  /**
   * The thread in which a turn was made: the youngest that is not younger than it. Ids of threads
   * and turns begin with the time at which they were made.
   */
  private @Nullable String ownerOf(String turn) {
    if (isTimed(turn)) {
      for (String thread : chain) {
        if (isTimed(thread) && turn.substring(0, 13).compareTo(thread.substring(0, 13)) >= 0) {
          return thread;
        }
      }
    }
    return current;
  }

  private static boolean isTimed(String id) {
    return id.length() == 36 && id.charAt(14) == '7';
  }

  /**
   * The key of a line that has none of its own: the session, what it says, and how often that was
   * said before.
   */
  String key(String kind, byte[] bytes, int from, int to) {
    var digest = Sha256.digest();
    digest.update(String.valueOf(current).getBytes(StandardCharsets.UTF_8));
    digest.update(bytes, from, to - from);
    String said = HexFormat.of().formatHex(digest.digest(), 0, 6);
    int count = met.merge(said, 1, Integer::sum);
    if (met.size() > MOST_KINDS) {
      met.remove(met.keySet().iterator().next());
    }
    return kind + ":codex:" + current + ":" + said + ":" + count;
  }

  /** The key of a call, whose id is unique within its session only. */
  String call(String id) {
    return current == null ? id : current + ":" + id;
  }

  void save(JsonWriter state) {
    state.key("own").value(own).key("session").value(current);
    state.key("inherits").bool(inherits).key("met_at").number(lastTime);
    state.key("met").value(met).key("chain").value(chain);
  }

  void restore(Map<String, @Nullable Object> state) {
    current = (String) state.get("session");
    own = state.get("own") instanceof String id ? id : current;
    inherits = Boolean.TRUE.equals(state.get("inherits"));
    lastTime = state.get("met_at") instanceof Number time ? time.longValue() : Timestamps.NONE;
    if (state.get("chain") instanceof List<?> ids) {
      ids.forEach(id -> chain.add(String.valueOf(id)));
    }
    if (state.get("met") instanceof Map<?, ?> map) {
      map.forEach((key, count) -> {
        if (count instanceof Number number) {
          met.put(String.valueOf(key), number.intValue());
        }
      });
    }
  }

  /** The name of a spawned agent: its role, else its nickname; main when it is none. */
  static String agent(@Nullable Object source) {
    if (!(source instanceof Map<?, ?> map)) {
      return Attribution.MAIN;
    }
    Object subagent = map.get("subagent");
    if (subagent instanceof String kind && !kind.isBlank()) {
      return kind;
    }
    if (subagent instanceof Map<?, ?> of && of.get("thread_spawn") instanceof Map<?, ?> spawn) {
      for (String key : new String[] {"agent_role", "agent_type", "agent_nickname", "agent_path"}) {
        if (spawn.get(key) instanceof String name && !name.isBlank()) {
          return name;
        }
      }
    }
    return Attribution.SUBAGENT;
  }
}
