package dev.flightlog.formats.claude;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who acts on a line: {@code main}, or the type of a subagent. A type is told by the call that
 * started it, and found again by that call's id, by the prompt that opens a sidechain, by the line
 * before it in the chain, or by the agent's id, also when the call stands in another file of the
 * session; where none of these is known the name is {@code subagent}.
 */
final class ClaudeAgents {
  private static final int MOST = 128;

  /** The compaction's own call is no subagent. */
  private static final String COMPACTION = "acompact";

  private final Texts texts;
  private final ClaudeMainFile mainFile;
  private final Map<String, String> types = new LinkedHashMap<>();

  ClaudeAgents(Texts texts, ClaudeMainFile mainFile) {
    this.texts = texts;
    this.mainFile = mainFile;
  }

  /** A call that starts a subagent. */
  void started(String callId, String type, @Nullable String prompt) {
    remember("call:" + callId, type);
    if (prompt != null) {
      remember(promptKey(prompt), type);
    }
  }

  /** The agent with this id is the one that a call started. */
  void named(String agentId, String callId) {
    String type = types.get("call:" + callId);
    if (type != null) {
      remember("agent:" + agentId, type);
    }
  }

  /** The type that a call started, or null. */
  @Nullable String typeOf(String callId) {
    return types.get("call:" + callId);
  }

  /** Who acts on this line. */
  String of(ClaudeLine line) {
    if (!line.isSubagent()) {
      return Attribution.MAIN;
    }
    String agentId = line.agentId.string();
    if (agentId == null) {
      agentId = line.streamAgentId.string();
    }
    if (agentId != null && agentId.startsWith(COMPACTION)) {
      return Attribution.MAIN;
    }
    String told = texts.name(line.attributionAgent);
    if (told == null && agentId != null) {
      told = types.get("agent:" + agentId);
    }
    if (told == null) {
      told = find("call:", line.streamParentToolUse.string());
    }
    if (told == null) {
      told = find("line:", line.parentUuid.string());
    }
    if (told == null && line.message.content.isString()) {
      String prompt = line.message.content.string();
      told = prompt == null ? null : types.get(promptKey(prompt));
    }
    if (told == null && agentId != null) {
      told = texts.name(mainFile.typeOf(agentId));
    }
    if (told == null) {
      return Attribution.SUBAGENT;
    }
    if (agentId != null) {
      remember("agent:" + agentId, told);
    } else {
      String uuid = line.uuid.string();
      if (uuid != null) {
        remember("line:" + uuid, told);
      }
    }
    return told;
  }

  /** Whose message a progress line wraps, and when that was. */
  Origin wrapped(ClaudeLine line, Origin outer) {
    String type = find("call:", line.parentToolUse.string());
    String agentId = line.dataAgentId.string();
    if (type != null && agentId != null) {
      remember("agent:" + agentId, type);
    } else if (type == null) {
      type = find("agent:", agentId);
    }
    long inner = ClaudeLine.time(line.wrappedTimestamp);
    Origin by = outer.by(type == null ? Attribution.SUBAGENT : type);
    return inner == Timestamps.NONE ? by : by.at(inner);
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
