package dev.flightlog.home.hooks;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.hooks.HookProgram;
import dev.flightlog.formats.hooks.HookReader;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.rows.OccurrenceRows;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.home.Home;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.recorder.Durability;
import dev.flightlog.recorder.FlightRecorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Understands what hooks tell and writes it into the journal, redacted, as one report a line that
 * meets those of transcript and telemetry on the same events. Safe for many threads, one after the
 * other; does not block for more than the recorder does.
 */
public final class HookIntake {
  /** Of every text the journal keeps head and tail. */
  private static final int KEPT_BYTES = 32 * 1024;

  private static final int MOST_BYTES = 4 << 20;

  private final HookFolder folder;
  private final FlightRecorder recorder;
  private final ReaderSettings settings;
  private final Map<HookProgram, Understanding> programs = new EnumMap<>(HookProgram.class);
  private final EventBatch batch = new EventBatch();
  private long now;
  private String saved = "";
  private boolean changed;

  /** How one program is understood. */
  private record Understanding(HookReader reader, OccurrenceRows rows) {}

  /**
   * @param recorder writes the journal and stays open
   */
  public HookIntake(Home home, FlightRecorder recorder) {
    this.folder = HookFolder.of(home);
    this.recorder = recorder;
    Redactor redactor = home.redactor();
    int kept =
        switch (home.settings().text(Setting.CONTENT)) {
          case "none" -> 0;
          case "head" -> 4 * 1024;
          default -> KEPT_BYTES;
        };
    settings =
        new ReaderSettings(
            redactor, null, kept, Prices.builtIn(), new Projects(home.settings().projects()));
    load();
  }

  /**
   * Takes what one hook told.
   *
   * @param micros when, since 1970
   */
  public synchronized Receipt take(HookProgram program, byte[] body, long micros) {
    int from = 0;
    int to = body.length;
    while (to > from && body[to - 1] <= ' ' && body[to - 1] >= 0) {
      to--;
    }
    if (to - from > MOST_BYTES) {
      return new Receipt.Refused("a hook tells at most " + MOST_BYTES + " bytes, this one " + to);
    }
    now = micros;
    batch.clear();
    Understanding known = understanding(program);
    try {
      Reading reading = known.reader.read(body, from, to, 0, known.rows.into(batch));
      if (reading instanceof Reading.Refused refused) {
        return new Receipt.Refused(refused.reason());
      }
      known.rows.flush();
    } catch (JsonException e) {
      batch.cancel();
      return new Receipt.Refused("it is not JSON: " + e.getMessage());
    } catch (RuntimeException e) {
      batch.cancel();
      return new Receipt.Refused("it cannot be read: " + e.getClass().getSimpleName());
    }
    changed = true;
    for (int row = 0; row < batch.size(); row++) {
      Durability reached = recorder.log(batch, row, batch.mode(row));
      if (reached.compareTo(Durability.WRITTEN) < 0) {
        String problem = recorder.stats().problem();
        return new Receipt.Unwritten(problem == null ? "the journal is full" : problem);
      }
    }
    return new Receipt.Kept(batch.size());
  }

  private Understanding understanding(HookProgram program) {
    return programs.computeIfAbsent(
        program,
        each -> {
          FileContext file = new FileContext("", "hooks", 0, () -> now);
          return new Understanding(
              new HookReader(file, settings, each), new OccurrenceRows(file, settings, 1));
        });
  }

  /** Everything that was taken is in its journal, as far as the disk allows. */
  public void flush() {
    recorder.flush();
  }

  /** Remembers what must be known of the hooks so far, if something of it changed. */
  public synchronized void save() {
    if (!changed) {
      return;
    }
    changed = false;
    JsonWriter json = new JsonWriter().beginObject();
    programs.forEach((program, known) -> {
      json.key(program.wireName()).beginObject();
      known.reader.save(json);
      json.endObject();
    });
    String text = json.endObject().toString();
    if (text.equals(saved)) {
      return;
    }
    // Losing it costs an end of waiting; forcing it to the disk would cost every hook.
    Path part = folder.state().resolveSibling("state.json.tmp");
    try {
      Files.createDirectories(folder.path());
      Files.writeString(part, text);
      Files.move(part, folder.state(), StandardCopyOption.ATOMIC_MOVE);
      saved = text;
    } catch (IOException e) {
      changed = true;
    }
  }

  /** The sessions that wait for a person now. */
  synchronized Set<String> waiting() {
    Set<String> waiting = new TreeSet<>();
    programs.values().forEach(known -> waiting.addAll(known.reader.waiting()));
    return waiting;
  }

  /** Takes over what another process has remembered since. */
  synchronized void load() {
    try {
      if (!Files.isRegularFile(folder.state())) {
        return;
      }
      byte[] bytes = Files.readAllBytes(folder.state());
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (text.equals(saved)) {
        return;
      }
      Map<?, ?> all = JsonDocument.object(new JsonReader(), bytes, 0, bytes.length);
      for (HookProgram program : HookProgram.values()) {
        Map<String, @Nullable Object> state = new HashMap<>();
        JsonDocument.map(all.get(program.wireName()))
            .forEach((key, value) -> state.put(String.valueOf(key), value));
        if (!state.isEmpty()) {
          understanding(program).reader.restore(state);
        }
      }
      saved = text;
    } catch (IOException | RuntimeException e) {
      // What cannot be read is forgotten: sessions go on from here.
    }
  }
}
