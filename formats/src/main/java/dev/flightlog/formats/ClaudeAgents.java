package dev.flightlog.formats;

import dev.flightlog.event.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who acts on a line: {@code main}, or the type of a subagent. A type is told by the call that
 * started it, and found again by that call's id, by the prompt that opens a sidechain, by the line
 * before it in the chain, or by the agent's id; where none of these is known the name is {@code
 * subagent}.
 */
final class ClaudeAgents {
  static final String MAIN = "main";
  static final String SUBAGENT = "subagent";
  private static final int MOST = 128;

  private final Texts texts;
  private final Map<String, String> types = new LinkedHashMap<>();

  ClaudeAgents(Texts texts) {
    this.texts = texts;
  }

  /** A call that starts a subagent. */
  void started(String callId, String type, @Nullable String prompt) {
    remember("call:" + callId, type);
    if (prompt != null) {
      remember(promptKey(prompt), type);
    }
  }

  /** The type that a call started, or null. */
  @Nullable String typeOf(String callId) {
    return types.get("call:" + callId);
  }

  /** Who acts on this line. */
  @Nullable String of(ClaudeLine line) {
    if (!line.isSubagent()) {
      return MAIN;
    }
    Slices top = line.top;
    String told = texts.name(top, ClaudeLine.ATTRIBUTION_AGENT);
    String agentId = top.string(ClaudeLine.AGENT_ID);
    if (agentId == null) {
      agentId = top.string(ClaudeLine.AGENT_ID_2);
    }
    if (told == null && agentId != null) {
      told = types.get("agent:" + agentId);
    }
    if (told == null) {
      told = find("call:", top.string(ClaudeLine.PARENT_TOOL_USE_2));
    }
    if (told == null) {
      told = find("line:", top.string(ClaudeLine.PARENT_UUID));
    }
    if (told == null && line.message.top.isString(ClaudeLine.M_CONTENT)) {
      String prompt = line.message.top.string(ClaudeLine.M_CONTENT);
      told = prompt == null ? null : types.get(promptKey(prompt));
    }
    if (told == null) {
      return SUBAGENT;
    }
    if (agentId != null) {
      remember("agent:" + agentId, told);
    } else {
      String uuid = top.string(ClaudeLine.UUID);
      if (uuid != null) {
        remember("line:" + uuid, told);
      }
    }
    return told;
  }

  /** Whose message a progress line wraps, and when that was. */
  Where wrapped(ClaudeLine line, Where outer) {
    String type = find("call:", line.top.string(ClaudeLine.PARENT_TOOL_USE));
    String agentId = line.data.string(ClaudeLine.D_AGENT_ID);
    if (type != null && agentId != null) {
      remember("agent:" + agentId, type);
    } else if (type == null) {
      type = find("agent:", agentId);
    }
    long inner = ClaudeLine.time(line.wrapped, ClaudeLine.W_TIMESTAMP);
    return new Where(
        inner == ClaudeLine.NO_TIME ? outer.time() : inner,
        outer.session(),
        outer.story(),
        type == null ? SUBAGENT : type,
        outer.offset(),
        outer.length());
  }

  private @Nullable String find(String kind, @Nullable String key) {
    return key == null ? null : types.get(kind + key);
  }

  private static String promptKey(String prompt) {
    return "prompt:" + prompt.length() + ":" + Integer.toHexString(prompt.hashCode());
  }

  private void remember(String key, String type) {
    if (types.put(key, type) == null && types.size() > MOST) {
      types.remove(types.keySet().iterator().next());
    }
  }

  void save(JsonWriter state) {
    if (!types.isEmpty()) {
      state.key("agents").value(types);
    }
  }

  void restore(Map<String, @Nullable Object> state) {
    if (state.get("agents") instanceof Map<?, ?> map) {
      map.forEach((key, type) -> types.put(String.valueOf(key), String.valueOf(type)));
    }
  }
}
