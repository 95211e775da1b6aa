package dev.flightlog.patterns.digest;

import dev.flightlog.patterns.facts.Fact;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a source, but for some sessions that were looked at since, of which these are known.
 *
 * @param changed by session and observer; a session without any is gone
 */
record ChangedFacts(LearnedFacts.Source before, Map<String, Map<String, List<Fact>>> changed)
    implements LearnedFacts.Source {

  /**
   * What is known with what was found since.
   *
   * @param gone sessions that have no events any more
   */
  static LearnedFacts over(
      LearnedFacts known, List<SessionRead.Found> found, Collection<String> gone) {
    boolean again = known.source() instanceof ChangedFacts;
    LearnedFacts.Source before =
        known.source() instanceof ChangedFacts since ? since.before : known.source();
    Map<String, Map<String, List<Fact>>> changed =
        new HashMap<>(again ? ((ChangedFacts) known.source()).changed : Map.of());
    Set<String> cut = new TreeSet<>(known.cutSessions());
    for (SessionRead.Found each : found) {
      changed.put(each.session(), each.facts());
      if (each.cut()) {
        cut.add(each.session());
      } else {
        cut.remove(each.session());
      }
    }
    gone.forEach(session -> changed.put(session, Map.of()));
    cut.removeAll(gone);
    ChangedFacts all = new ChangedFacts(before, changed);
    Map<String, Map<String, List<Fact>>> loaded = new HashMap<>();
    known.loaded().forEach((observer, facts) -> loaded.put(observer, all.changed(observer, facts)));
    return new LearnedFacts(loaded, all, cut);
  }

  private Map<String, List<Fact>> changed(String observer, Map<String, List<Fact>> facts) {
    Map<String, List<Fact>> all = new TreeMap<>(facts);
    changed.forEach((session, found) -> {
      List<Fact> own = found.getOrDefault(observer, List.of());
      if (own.isEmpty()) {
        all.remove(session);
      } else {
        all.put(session, own);
      }
    });
    return all;
  }

  @Override
  public Map<String, List<Fact>> of(String observer) {
    return changed(observer, before.of(observer));
  }

  @Override
  public List<Fact> of(String observer, String session) {
    @Nullable Map<String, List<Fact>> found = changed.get(session);
    return found == null ? before.of(observer, session) : found.getOrDefault(observer, List.of());
  }

  @Override
  public Map<String, List<Fact>> of(String observer, Collection<String> sessions) {
    Map<String, List<Fact>> facts =
        new TreeMap<>(
            before.of(
                observer, sessions.stream().filter(each -> !changed.containsKey(each)).toList()));
    for (String session : sessions) {
      List<Fact> own = changed.getOrDefault(session, Map.of()).getOrDefault(observer, List.of());
      if (!own.isEmpty()) {
        facts.put(session, own);
      }
    }
    return facts;
  }

  /** Of how many sessions these are. */
  int size() {
    return changed.size();
  }
}
