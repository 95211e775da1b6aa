package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.facts.ErrorKind;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.patterns.facts.FactText;
import dev.flightlog.patterns.facts.RecurringErrors;
import dev.flightlog.store.EventStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The facts that a store keeps as marks: of all sessions from packs where there are any. Blocks and
 * fails as the store does.
 */
final class KeptFacts implements LearnedFacts.Source {
  private final EventStore store;
  private final Function<Unread, List<Fact>> readAgain;
  private final PackedFacts packs;

  /** Facts whose text is not ours. */
  record Unread(String observer, String session) {}

  /**
   * @param packs may be written when facts were read that are in none
   * @param readAgain finds the facts of a session anew whose text is not ours
   */
  KeptFacts(EventStore store, PackedFacts packs, Function<Unread, List<Fact>> readAgain) {
    this.store = store;
    this.packs = packs;
    this.readAgain = readAgain;
  }

  @Override
  public Map<String, List<Fact>> of(String observer) {
    return packs.of(observer, this);
  }

  @Override
  public @Nullable RecurringErrors recurring() {
    return packs.recurring(this);
  }

  @Override
  public @Nullable Map<String, List<Fact>> errors(Predicate<ErrorKind> wanted) {
    return packs.errors(wanted, this);
  }

  /** Those of all sessions, session by session. */
  Map<String, List<Fact>> sessionBySession(String observer) {
    String prefix = Digest.FACTS + observer + ':';
    FactText text = new FactText();
    Map<String, List<Fact>> bySession = new TreeMap<>();
    store
        .marks(prefix)
        .forEach((key, value) -> {
          String session = key.substring(prefix.length());
          bySession.put(session, read(text, observer, session, value));
        });
    return bySession;
  }

  @Override
  public List<Fact> of(String observer, String session) {
    String key = Digest.FACTS + observer + ':' + session;
    String value = store.marks(key).get(key);
    return value == null ? List.of() : read(new FactText(), observer, session, value);
  }

  @Override
  public Map<String, List<Fact>> of(String observer, Collection<String> sessions) {
    String prefix = Digest.FACTS + observer + ':';
    FactText text = new FactText();
    Map<String, List<Fact>> bySession = new TreeMap<>();
    store
        .marksOf(sessions.stream().map(session -> prefix + session).toList())
        .forEach((key, value) -> {
          String session = key.substring(prefix.length());
          bySession.put(session, read(text, observer, session, value));
        });
    return bySession;
  }

  private List<Fact> read(FactText text, String observer, String session, String value) {
    List<Fact> read = text.read(observer, session, value);
    return read == null ? readAgain.apply(new Unread(observer, session)) : read;
  }
}
