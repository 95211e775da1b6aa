package dev.flightlog.formats.claude;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.occurrence.Stories;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RunTotals;
import dev.flightlog.formats.reading.StrangeFields;
import dev.flightlog.formats.reading.Texts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads Claude Code: transcripts, {@code stream-json}, and the audit files of the desktop program,
 * which tell the same messages in slightly different envelopes. What becomes of each line type is
 * told in docs/format.
 *
 * <p>A message holds blocks; a {@code tool_use} opens a call, a {@code tool_result} closes it, and
 * every line of an assistant message repeats the usage of the one response it belongs to. Messages
 * of subagents come in three ways: in files of their own, in sidechains of the main file, and
 * wrapped in progress lines.
 */
public final class ClaudeReader implements OccurrenceReader {
  private static final String CLIENT = "claude-code";

  private final JsonReader json = new JsonReader();
  private final ClaudeLine line = new ClaudeLine();
  private final FileContext file;
  private final Texts texts;
  private final Stories stories;
  private final Projects projects;
  private final ClaudeMessages messages;
  private final ClaudeNotices notices;
  private final ClaudeAgents agents;
  private final RunTotals totals;
  private final ClaudePermissions permissions = new ClaudePermissions();
  private final StrangeFields strange = new StrangeFields();
  private long lastTime;
  private boolean timed;
  private @Nullable String session;

  /** Of the program when the session began. */
  private @Nullable String version;

  /** The session of the run that began last. */
  private String begun = "";

  private @Nullable String branch;
  private @Nullable String folder;
  private Attribution of = Attribution.NONE;

  /** Reads a file of this context. */
  public ClaudeReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    texts = settings.texts();
    stories = settings.stories();
    projects = settings.projects();
    totals = new RunTotals(settings.prices());
    agents = new ClaudeAgents(texts, new ClaudeMainFile(Path.of(file.name())));
    messages = new ClaudeMessages(file, texts, agents, totals, permissions);
    notices = new ClaudeNotices(file, texts, totals);
    lastTime = file.fallbackTime();
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    line.read(json.reset(bytes, from, to));
    json.finish();
    line.strange(strange);
    long told = line.time();
    long time = told == Timestamps.NONE ? file.now() : told;
    if (time != Timestamps.NONE) {
      lastTime = time;
      timed = true;
    }
    Origin origin =
        new Origin(lastTime, timed && time != Timestamps.NONE, attribution(), offset, to - from);
    if (origin.of().session() != null) {
      out.take(new Occurrence.SessionMet(origin, CLIENT, version));
    }
    return switch (line.kind()) {
      case MESSAGE -> message(origin, out);
      case PROGRESS -> {
        if (line.hasWrappedMessage()) {
          Origin inner = agents.wrapped(line, origin);
          messages.read(line, line.wrappedMessage, inner, true, out);
        }
        yield Reading.KNOWN;
      }
      case SYSTEM -> {
        if (line.subtype.is("init")) {
          begin();
        }
        yield notices.system(line, origin, messages, out);
      }
      case RESULT -> {
        notices.result(line, origin, out);
        yield Reading.KNOWN;
      }
      case SILENT -> {
        silent(origin, out);
        yield Reading.KNOWN;
      }
      case UNKNOWN -> Reading.unknown(line.type.string());
    };
  }

  /** A run begins, of the session that is told already or of another one. */
  private void begin() {
    String now = String.valueOf(session);
    if (now.equals(begun)) {
      totals.next();
    } else {
      totals.clear();
    }
    begun = now;
  }

  private Reading message(Origin origin, Occurrence.Sink out) {
    if (line.tellsApiError()) {
      notices.apiErrorMessage(line, origin, out);
    }
    if (line.type.is("user")) {
      String text = ClaudeMessages.isNotification(line) ? ClaudeMessages.text(line.message) : null;
      if (text == null && line.message.content.isString()) {
        text = startsLikeNotification() ? line.message.content.string() : null;
      }
      if (text != null && ClaudeNotifications.isIn(text)) {
        ClaudeNotifications.read(text, origin, messages::agentEnded, out);
        return Reading.KNOWN;
      }
    }
    return messages.read(line, line.message, origin, false, out);
  }

  private boolean startsLikeNotification() {
    byte[] bytes = line.message.content.bytes();
    int at = line.message.content.from() + 1;
    return at + 5 < line.message.content.to()
        && bytes[at] == '<'
        && bytes[at + 1] == 't'
        && bytes[at + 2] == 'a';
  }

  /** A notification may wait in the queue of what the agent has not been told yet. */
  private void silent(Origin origin, Occurrence.Sink out) {
    if (line.attachment.isObject()) {
      permissions.line(line, origin);
    }
    if (line.type.is("queue-operation") && line.content.isString()) {
      String text = line.content.string();
      if (text != null && ClaudeNotifications.isIn(text)) {
        ClaudeNotifications.read(text, origin, messages::agentEnded, out);
      }
    }
  }

  /** To whom the line belongs; project and story are those of the folder the session began in. */
  private Attribution attribution() {
    String nowSession = texts.name(line.session());
    String nowBranch = texts.name(line.gitBranch);
    boolean otherSession = nowSession != null && !nowSession.equals(session);
    version = otherSession ? null : version;
    if (version == null) {
      version = texts.name(line.version.isString() ? line.version : line.streamVersion);
    }
    String story = of.story();
    String project = of.project();
    if (otherSession || folder == null || !Objects.equals(nowBranch, branch)) {
      session = nowSession == null ? session : nowSession;
      branch = nowBranch == null && !otherSession ? branch : nowBranch;
      if (otherSession || folder == null) {
        String nowFolder = texts.name(line.cwd);
        folder = nowFolder == null && !otherSession ? folder : nowFolder;
      }
      story = stories.of(branch, folder);
      project = projects.of(folder);
    }
    String agent = agents.of(line);
    if (!Objects.equals(nowSession, of.session())
        || !Objects.equals(story, of.story())
        || !Objects.equals(project, of.project())
        || !Objects.equals(agent, of.agent())) {
      of = Attribution.of(nowSession, story, project, agent);
    }
    return of;
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    line.read(json.reset(bytes, from, to));
    return line.kind() != ClaudeLine.Kind.UNKNOWN && line.session().isString();
  }

  @Override
  public Map<String, Long> strangeFields() {
    return strange.counts();
  }

  @Override
  public void save(JsonWriter state) {
    state.key("time").number(lastTime).key("timed").bool(timed);
    state.key("session").value(session).key("begun").string(begun);
    state.key("branch").value(branch).key("folder").value(folder).key("version").value(version);
    agents.save(state);
    messages.save(state);
    totals.save(state);
    permissions.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    if (state.get("time") instanceof Number time) {
      lastTime = time.longValue();
    }
    timed = !Boolean.FALSE.equals(state.get("timed"));
    session = (String) state.get("session");
    begun = String.valueOf(state.getOrDefault("begun", ""));
    branch = (String) state.get("branch");
    folder = (String) state.get("folder");
    version = (String) state.get("version");
    of = Attribution.of(session, stories.of(branch, folder), projects.of(folder), null);
    agents.restore(state);
    messages.restore(state);
    totals.restore(state);
    permissions.restore(state);
  }
}
