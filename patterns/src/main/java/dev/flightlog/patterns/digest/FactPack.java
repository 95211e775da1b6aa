package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.ErrorKind;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.patterns.facts.Occasion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The facts of many sessions as a few texts, which are read many times faster than a text a
 * session. Of errors the texts that few questions need are left out: they are fetched from the
 * facts of the session. Stateless but for the kinds and changes it has met; for one thread.
 */
final class FactPack {
  /** Raised whenever packs are written otherwise. */
  static final int VERSION = 2;

  /** The observers whose facts are packed. */
  static final Set<String> OBSERVERS = Set.of("errors", "interactions");

  private static final String ERRORS = "errors";

  /** So long is a text about. */
  static final int LONG = 1 << 20;

  private final String observer;
  private final @Nullable SessionTexts texts;
  private final Map<ErrorKind, ErrorKind> kinds = new HashMap<>();
  private final Map<Integer, ErrorKind> ofPack = new HashMap<>();
  private final Map<String, Change> changes = new HashMap<>();

  /**
   * @param texts where the texts of errors are fetched that are not in a pack; null to write only
   */
  FactPack(String observer, @Nullable SessionTexts texts) {
    this.observer = observer;
    this.texts = texts;
  }

  /**
   * The texts for these facts, in their order, by the first session of each.
   *
   * @param length so long is a text about
   */
  Map<String, String> write(Map<String, List<Fact>> bySession, int length) {
    Map<String, String> packs = new LinkedHashMap<>();
    PackWriter out = new PackWriter();
    String begin = "";
    for (Map.Entry<String, List<Fact>> session : bySession.entrySet()) {
      List<Fact> facts = session.getValue();
      if (facts.isEmpty()) {
        continue;
      }
      begin = out.length() == 0 ? session.getKey() : begin;
      out.text(session.getKey()).number(facts.size());
      long before = 0;
      for (Fact fact : facts) {
        out.signed(fact.micros() - before).name(fact.agent()).name(fact.story());
        before = fact.micros();
        write(fact, out);
      }
      if (out.length() > length) {
        packs.put(begin, out.finish());
        out = new PackWriter();
      }
    }
    if (out.length() > 0) {
      packs.put(begin, out.finish());
    }
    return packs;
  }

  private static void write(Fact fact, PackWriter out) {
    switch (fact) {
      case ErrorFact error -> {
        out.name(text(error.kind())).signed(error.ordinal()).signed(error.followed());
        out.number(error.tried().size());
        error.tried().forEach(change -> out.name(change.key()));
        Change change = error.change();
        out.name(change == null ? null : change.key()).text(error.id());
      }
      case InteractionFact interaction -> {
        Long waited = interaction.waitedMs();
        String said = interaction.said();
        out.name(interaction.kind().wireName()).name(interaction.reason());
        out.number(waited == null ? 0 : 1).signed(waited == null ? 0 : waited);
        out.number(said == null ? 0 : 1).text(said == null ? "" : said);
        out.text(interaction.event());
      }
      default -> throw new IllegalArgumentException("such facts are not packed: " + fact);
    }
  }

  /**
   * Adds what a text holds.
   *
   * @throws IndexOutOfBoundsException when it is not what {@link #write} wrote
   */
  void read(String pack, Map<String, List<Fact>> bySession) {
    PackReader in = new PackReader(pack);
    boolean errors = observer.equals(ERRORS);
    ofPack.clear();
    while (in.hasMore()) {
      String session = in.text();
      int count = in.index();
      List<Fact> facts = new ArrayList<>(Math.min(count, FactCollector.MOST));
      long micros = 0;
      for (int i = 0; i < count; i++) {
        micros += in.signed();
        Occasion occasion = new Occasion(session, micros, in.name(), in.name());
        facts.add(errors ? error(occasion, kind(in), in) : interaction(occasion, in));
      }
      bySession.put(session, facts);
    }
  }

  /**
   * Adds the errors of some kinds that a text holds, and no object for another one; sessions
   * without any are left out.
   *
   * @throws IndexOutOfBoundsException when it is not what {@link #write} wrote
   */
  void read(String pack, Predicate<ErrorKind> wanted, Map<String, List<Fact>> bySession) {
    PackReader in = new PackReader(pack);
    ofPack.clear();
    Map<ErrorKind, Boolean> known = new HashMap<>();
    while (in.hasMore()) {
      String session = in.text();
      List<Fact> facts = new ArrayList<>(0);
      long micros = 0;
      for (int left = in.index(); left > 0; left--) {
        micros += in.signed();
        String agent = in.name();
        String story = in.name();
        ErrorKind kind = kind(in);
        if (known.computeIfAbsent(kind, wanted::test)) {
          facts.add(error(new Occasion(session, micros, agent, story), kind, in));
        } else {
          skipError(in);
        }
      }
      if (!facts.isEmpty()) {
        bySession.put(session, facts);
      }
    }
  }

  /** Reads past what stands behind the kind of an error. */
  private static void skipError(PackReader in) {
    in.number();
    in.number();
    for (int left = in.index(); left > 0; left--) {
      in.number();
    }
    in.number();
    in.skipText();
  }

  private ErrorFact error(Occasion occasion, ErrorKind kind, PackReader in) {
    int ordinal = (int) in.signed();
    int followed = (int) in.signed();
    int count = in.index();
    List<Change> tried = count == 0 ? List.of() : new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tried.add(change(in.nameOrEmpty()));
    }
    String change = in.name();
    SessionTexts from = texts;
    if (from == null) {
      throw new IllegalStateException("this pack is written only");
    }
    return new ErrorFact(
        occasion,
        kind,
        ordinal,
        followed,
        tried,
        change == null ? null : change(change),
        from.of(occasion.session(), in.text()));
  }

  /** Of the name that comes next, which is made into a kind when it is met first in a pack. */
  private ErrorKind kind(PackReader in) {
    int name = in.index();
    ErrorKind known = ofPack.get(name);
    if (known == null) {
      ErrorKind read = kind(in.nameAt(name));
      ErrorKind same = kinds.putIfAbsent(read, read);
      known = same == null ? read : same;
      ofPack.put(name, known);
    }
    return known;
  }

  private static String text(ErrorKind kind) {
    return kind.tool().length()
        + " "
        + kind.errorType().length()
        + " "
        + kind.program().length()
        + " "
        + kind.tool()
        + kind.errorType()
        + kind.program()
        + kind.template();
  }

  private static ErrorKind kind(String text) {
    try {
      String[] parts = text.split(" ", 4);
      int type = Integer.parseInt(parts[0]);
      int program = type + Integer.parseInt(parts[1]);
      int template = program + Integer.parseInt(parts[2]);
      String all = parts[3];
      return new ErrorKind(
          all.substring(0, type),
          all.substring(type, program),
          all.substring(program, template),
          all.substring(template));
    } catch (NumberFormatException e) {
      throw new IndexOutOfBoundsException("no kind of error: " + e.getMessage());
    }
  }

  private Change change(String key) {
    return changes.computeIfAbsent(key, Change::ofKey);
  }

  private static InteractionFact interaction(Occasion occasion, PackReader in) {
    InteractionKind kind = InteractionKind.ofWireName(in.name());
    String reason = in.name();
    boolean waits = in.number() > 0;
    long waited = in.signed();
    boolean says = in.number() > 0;
    String said = in.text();
    if (kind == null) {
      throw new IndexOutOfBoundsException("a kind of interaction that is not known");
    }
    return new InteractionFact(
        occasion, kind, reason, waits ? (Long) waited : null, says ? said : null, in.text());
  }
}
