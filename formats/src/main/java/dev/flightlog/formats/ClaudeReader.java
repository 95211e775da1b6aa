package dev.flightlog.formats;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Claude Code: transcripts and {@code stream-json}, which tell the same messages in slightly
 * different envelopes. What becomes of each line type is told in {@code
 * docs/format/transcripts.md}.
 *
 * <p>A message holds blocks; a {@code tool_use} opens a call, a {@code tool_result} closes it, and
 * every line of an assistant message repeats the usage of the one response it belongs to. Messages
 * of subagents come in three ways: in files of their own, in sidechains of the main file, and
 * wrapped in progress lines.
 */
public final class ClaudeReader implements LineReader {
  private final JsonReader json = new JsonReader();
  private final ClaudeLine line = new ClaudeLine();
  private final Rows rows;
  private final Texts texts;
  private final Stories stories;
  private final Sessions sessions;
  private final ClaudeMessages messages;
  private final ClaudeNotices notices;
  private final ClaudeAgents agents;
  private long lastTime;
  private @Nullable String session;
  private @Nullable String branch;
  private @Nullable String folder;
  private @Nullable String story;

  /** Reads a file of this context. */
  public ClaudeReader(FileContext file, ReaderSettings settings) {
    rows = new Rows(file);
    texts = settings.texts();
    stories = new Stories(settings.story());
    sessions = new Sessions(rows, "claude-code");
    agents = new ClaudeAgents(texts);
    messages = new ClaudeMessages(rows, texts, settings.prices(), agents);
    notices = new ClaudeNotices(rows, texts);
    lastTime = file.fallbackTime();
  }

  @Override
  public Outcome read(byte[] bytes, int from, int to, long offset, EventBatch out) {
    line.read(json.reset(bytes, from, to));
    json.finish();
    long time = line.time();
    if (time == ClaudeLine.NO_TIME) {
      time = lastTime;
    } else {
      lastTime = time;
    }
    String nowSession = line.sessionKey() < 0 ? null : texts.name(line.top, line.sessionKey());
    Where where =
        new Where(time, nowSession, story(nowSession), agents.of(line), offset, to - from);
    sessions.met(nowSession, time, where.story());
    return switch (line.kind()) {
      case MESSAGE -> {
        if (line.isApiError()) {
          notices.apiErrorMessage(line, where, out);
        }
        messages.read(line, line.message, where, false, out);
        yield Outcome.READ;
      }
      case PROGRESS -> {
        if (line.hasWrappedMessage()) {
          messages.read(line, line.wrappedMessage, agents.wrapped(line, where), true, out);
        }
        yield Outcome.READ;
      }
      case SYSTEM -> notices.system(line, where, out) ? Outcome.READ : Outcome.UNKNOWN;
      case RESULT -> {
        notices.result(line, where, out);
        yield Outcome.READ;
      }
      case SILENT -> Outcome.READ;
      case UNKNOWN -> Outcome.UNKNOWN;
    };
  }

  /** The branch of the line; the project is the folder in which the session began. */
  private @Nullable String story(@Nullable String nowSession) {
    String nowBranch = texts.name(line.top, ClaudeLine.GIT_BRANCH);
    boolean otherSession = nowSession != null && !nowSession.equals(session);
    if (otherSession || folder == null || !same(nowBranch, branch)) {
      session = nowSession == null ? session : nowSession;
      branch = nowBranch == null && !otherSession ? branch : nowBranch;
      String nowFolder = texts.name(line.top, ClaudeLine.CWD);
      folder = otherSession || folder == null ? nowFolder : folder;
      story = stories.of(branch, folder);
    }
    return story;
  }

  private static boolean same(@Nullable String a, @Nullable String b) {
    return a == null ? b == null : a.equals(b);
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    line.read(json.reset(bytes, from, to));
    return line.kind() != ClaudeLine.Kind.UNKNOWN
        && line.sessionKey() >= 0
        && line.top.has(ClaudeLine.TYPE);
  }

  @Override
  public void flush(EventBatch out) {
    messages.flush(out);
    sessions.flush(out);
  }

  @Override
  public void save(JsonWriter state) {
    state.key("time").number(lastTime);
    state.key("session").value(session);
    state.key("branch").value(branch).key("folder").value(folder);
    messages.save(state);
    agents.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    if (state.get("time") instanceof Number time) {
      lastTime = time.longValue();
    }
    session = (String) state.get("session");
    branch = (String) state.get("branch");
    folder = (String) state.get("folder");
    story = stories.of(branch, folder);
    messages.restore(state);
    agents.restore(state);
  }

  @Override
  public Set<String> sessions() {
    return sessions.ids();
  }
}
