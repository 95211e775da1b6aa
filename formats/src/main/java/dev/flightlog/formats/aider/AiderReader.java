package dev.flightlog.formats.aider;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.ApiErrors;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.Texts;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads chat histories of Aider ({@code .aider.chat.history.md}): Markdown, in which a heading
 * begins a session, {@code ####} what a person said, {@code >} what the program tells, and the rest
 * is the model's. Only the beginning of a session has a time, in the zone of the machine. Tokens
 * are rounded as the program shows them.
 */
public final class AiderReader implements OccurrenceReader {
  static final String BEGIN = "# aider chat started at ";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final Pattern MODEL = Pattern.compile("(?:Main model|Model): (\\S+)(?: with .*)?");
  private static final Pattern ERROR =
      Pattern.compile("(?:litellm\\.)?(?:[A-Za-z_]+\\.)*([A-Z][A-Za-z]+(?:Error|Exception)): .*");
  private static final Pattern EDIT = Pattern.compile("Applied edit to (.+)");
  private static final int MOST_TEXT = 64 << 10;

  private final ReaderSettings settings;
  private final Texts texts;
  private final String folder;
  private final long fallbackTime;
  private Attribution of;
  private String session = "";
  private long time;
  private boolean fenced;
  private @Nullable String model;

  /** What is being said: by whom, where it began, and its words so far. */
  private String speaker = "";

  private long began;
  private final StringBuilder words = new StringBuilder();

  /** Reads a file of this context. */
  public AiderReader(FileContext file, ReaderSettings settings) {
    this.settings = settings;
    texts = settings.texts();
    fallbackTime = file.fallbackTime();
    time = fallbackTime;
    String path = file.name();
    int end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    folder = end > 0 ? path.substring(0, end) : "";
    of = of("aider-" + file.fingerprint());
  }

  private Attribution of(String id) {
    session = id;
    String place = folder.isEmpty() ? null : folder;
    return Attribution.of(
        id, settings.stories().of(null, place), settings.projects().of(place), Attribution.MAIN);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    String line = new String(bytes, from, to - from, StandardCharsets.UTF_8).stripTrailing();
    Origin origin = new Origin(time, false, of, offset, to - from);
    if (!fenced && line.startsWith(BEGIN)) {
      begin(line.substring(BEGIN.length()), offset, to - from, out);
    } else if (!fenced && line.startsWith("####")) {
      say("person", line.substring(4).strip(), offset, out);
    } else if (!fenced && line.startsWith(">")) {
      end(out);
      told(line.substring(1).strip(), origin, out);
    } else {
      fenced ^= line.startsWith("```");
      say("agent", line, offset, out);
    }
    return Reading.KNOWN;
  }

  private void begin(String text, long offset, int length, Occurrence.Sink out) {
    end(out);
    fenced = false;
    boolean timed = true;
    try {
      time =
          LocalDateTime.parse(text.strip(), TIME)
                  .atZone(ZoneId.systemDefault())
                  .toInstant()
                  .getEpochSecond()
              * 1_000_000;
    } catch (DateTimeException unreadable) {
      timed = false;
    }
    of = of("aider-" + text.strip().replaceAll("[^0-9]", "") + "-" + offset);
    out.take(new Occurrence.SessionMet(new Origin(time, timed, of, offset, length), "aider"));
  }

  private void say(String by, String text, long offset, Occurrence.Sink out) {
    if (!speaker.equals(by)) {
      end(out);
      speaker = by;
      began = offset;
    }
    if (words.length() < MOST_TEXT) {
      words.append(words.isEmpty() ? "" : "\n").append(text);
    }
  }

  /** Whoever spoke has ended. */
  private void end(Occurrence.Sink out) {
    tell(out);
    speaker = "";
    words.setLength(0);
  }

  private void tell(Occurrence.Sink out) {
    String text = words.toString().strip();
    if (text.isEmpty()) {
      return;
    }
    Origin origin = new Origin(time + 1, false, of, began, 0);
    Content content = Content.text(text);
    String key = session + ":" + began;
    if (speaker.equals("person")) {
      String command = text.startsWith("/") ? texts.name(text.split("\\s", 2)[0]) : null;
      out.take(new Occurrence.Prompted(origin, "prompt:" + key, content, command));
    } else {
      out.take(new Occurrence.Said(origin, "said:" + key, content));
    }
  }

  private void told(String line, Origin origin, Occurrence.Sink out) {
    String key = session + ":" + origin.offset();
    Matcher named = MODEL.matcher(line);
    if (named.matches()) {
      model = texts.name(named.group(1));
    }
    Occurrence answered = AiderTokens.answered(line, "model_call:" + key, model, origin);
    if (answered != null) {
      out.take(answered);
    }
    Matcher edit = EDIT.matcher(line);
    if (edit.matches()) {
      out.take(new Occurrence.ToolCalled(origin, key, "edit", Content.text(edit.group(1))));
      out.take(new Occurrence.ToolReturned(origin, key, Outcome.WORKED, Content.NONE, -1));
    }
    if (line.contains("KeyboardInterrupt")) {
      out.take(new Occurrence.Interrupted(origin, "interrupt:" + key));
    }
    Matcher error = ERROR.matcher(line);
    if (error.matches()) {
      String words = texts.name(line);
      out.take(
          new Occurrence.ErrorMet(
              origin,
              "error:" + key,
              new ErrorClass(type(error.group(1)), ApiErrors.message(words)),
              null));
    }
  }

  private static String type(String exception) {
    return switch (exception) {
      case "RateLimitError" -> "rate_limit";
      case "AuthenticationError" -> "authentication_failed";
      case "BadRequestError", "ContextWindowExceededError" -> "invalid_request";
      case "NotFoundError" -> "model_not_found";
      case "Timeout", "APITimeoutError" -> "timeout";
      case "InternalServerError", "ServiceUnavailableError", "APIError" -> "server_error";
      default -> exception;
    };
  }

  /** What is being said may go on; then it is told again, longer. */
  @Override
  public void flush(Occurrence.Sink out) {
    tell(out);
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    return false;
  }

  @Override
  public void save(JsonWriter state) {
    state.key("session").string(session).key("time").number(time).key("fenced").bool(fenced);
    state.key("model").value(model).key("speaker").string(speaker).key("began").number(began);
    state.key("words").string(words.toString());
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    of = of(String.valueOf(state.get("session")));
    time = state.get("time") instanceof Number number ? number.longValue() : fallbackTime;
    fenced = Boolean.TRUE.equals(state.get("fenced"));
    model = (String) state.get("model");
    speaker = String.valueOf(state.get("speaker"));
    began = state.get("began") instanceof Number number ? number.longValue() : 0;
    words.append(state.get("words"));
  }
}
