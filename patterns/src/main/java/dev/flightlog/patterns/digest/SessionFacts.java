package dev.flightlog.patterns.digest;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an observer puts what it finds in one session; bounded. For one thread. */
public final class SessionFacts {
  /** The most facts an observer may keep of a session. */
  public static final int MOST = 500;

  /** The most characters of a value. */
  public static final int LONGEST = 300;

  private final String session;
  private final List<Fact> facts = new ArrayList<>();
  private boolean full;

  SessionFacts(String session) {
    this.session = session;
  }

  /** Keeps a fact with time, agent and story of this event; behind the most, it is left out. */
  public void add(Event at, @Nullable String... values) {
    add(at.micros(), at.text(Field.AGENT_NAME), at.text(Field.STORY_ID), values);
  }

  /** Keeps a fact; behind the most, it is left out. */
  public void add(
      long micros, @Nullable String agent, @Nullable String story, @Nullable String... values) {
    if (facts.size() >= MOST) {
      full = true;
      return;
    }
    @Nullable String[] kept = values.clone();
    for (int i = 0; i < kept.length; i++) {
      String value = kept[i];
      if (value != null && value.length() > LONGEST) {
        int end = Character.isHighSurrogate(value.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        kept[i] = value.substring(0, end);
      }
    }
    facts.add(new Fact(session, micros, agent, story, Arrays.asList(kept)));
  }

  boolean isFull() {
    return full;
  }

  /** By time. */
  List<Fact> all() {
    facts.sort(Comparator.comparingLong(Fact::micros));
    return List.copyOf(facts);
  }
}
