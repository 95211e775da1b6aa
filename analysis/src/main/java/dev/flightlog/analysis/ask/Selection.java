package dev.flightlog.analysis.ask;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one call asks about: a store, which of its events, and when that is. Times are microseconds
 * since 1970.
 *
 * @param learning what was learnt of its sessions
 * @param filter what the call narrows to
 * @param since the beginning the call names
 * @param until the end the call names; before it
 * @param dates how times are said
 * @param pricing what tokens cost
 * @param events how many there are
 * @param sessions in how many sessions
 * @param first the time of the first, 0 when there is none
 * @param last the time of the last, 0 when there is none
 */
public record Selection(
    EventStore store,
    Learning learning,
    QuestionCall call,
    Filter filter,
    @Nullable Long since,
    @Nullable Long until,
    Dates dates,
    Pricing pricing,
    long now,
    long events,
    long sessions,
    long first,
    long last) {

  /**
   * What a call asks about.
   *
   * @param of which events there are at all to the question
   * @throws QuestionException when a time in it is none
   */
  public static Selection of(
      EventStore store,
      Learning learning,
      QuestionCall call,
      Filter of,
      Dates dates,
      Pricing pricing,
      long now) {
    Narrowing narrowing = call.narrowing();
    Reader reader = call.reader();
    Long since = narrowing.sinceMicros(dates, now, reader);
    Long until = narrowing.untilMicros(dates, now, reader);
    Filter filter = Filter.and(narrowing.filter(dates, now, reader), call.events().filter(), of);
    List<Measure> measures =
        List.of(Measures.EVENTS, Measures.SESSIONS, Measures.FIRST, Measures.LAST);
    Aggregate aggregate =
        new Aggregate(filter, List.of(), measures, -1, Integer.MAX_VALUE, ReadRequest.PATIENCE);
    Group all = new Group(List.of(), measures, store.aggregate(aggregate).getFirst());
    return new Selection(
        store,
        learning,
        call,
        filter,
        since,
        until,
        dates,
        pricing,
        now,
        all.count(Measures.EVENTS),
        all.count(Measures.SESSIONS),
        all.count(Measures.FIRST),
        all.count(Measures.LAST));
  }

  /** The same events, asked another question without arguments. */
  public Selection asking(String question) {
    QuestionCall other =
        new QuestionCall(question, List.of(), call.narrowing(), call.events(), call.reader());
    return new Selection(
        store, learning, other, filter, since, until, dates, pricing, now, events, sessions, first,
        last);
  }

  /** All events of the store, whatever the call narrows to. */
  public Selection all() {
    return new Selection(
        store,
        learning,
        call,
        Filter.EVERYTHING,
        null,
        null,
        dates,
        pricing,
        now,
        events,
        sessions,
        first,
        last);
  }

  /** True when a fact of the digest belongs to the story, agent and period asked about. */
  public boolean takes(Fact fact) {
    Narrowing to = call.narrowing();
    String story = fact.story() == null ? Narrowing.DEFAULT_STORY : fact.story();
    return (since == null || fact.micros() >= since)
        && (until == null || fact.micros() < until)
        && (to.agent() == null || to.agent().equals(fact.agent()))
        && (to.story() == null || to.story().equals(story));
  }

  /** True when it takes every fact. */
  public boolean takesAll() {
    Narrowing to = call.narrowing();
    return since == null
        && until == null
        && to.agent() == null
        && to.story() == null
        && to.sessions() instanceof Filter.Everything;
  }

  /** The sessions of the project, machine or person that is asked about; null when all are. */
  private @Nullable Set<String> sessionsAskedAbout() {
    Filter of = call.narrowing().sessions();
    if (of instanceof Filter.Everything) {
      return null;
    }
    Dimension session = Dimension.of(Field.SESSION_ID);
    Set<String> sessions = new HashSet<>();
    for (Group group : all().group(of, List.of(session), List.of(Measures.EVENTS))) {
      String id = group.text(session);
      if (id != null) {
        sessions.add(id);
      }
    }
    return sessions;
  }

  /** Tells which facts lie in the selection. */
  public Predicate<Fact> taking() {
    Set<String> asked = sessionsAskedAbout();
    return fact -> takes(fact) && (asked == null || asked.contains(fact.session()));
  }

  /** Those of these facts that lie in the selection. */
  public <F extends Fact> List<F> taken(List<F> facts) {
    if (takesAll()) {
      return facts;
    }
    List<F> taken = new ArrayList<>();
    Predicate<Fact> taking = taking();
    for (F fact : facts) {
      if (taking.test(fact)) {
        taken.add(fact);
      }
    }
    return taken;
  }

  /** Events of the selection that also match. */
  public Filter and(Filter more) {
    return Filter.and(filter, more);
  }

  /** Groups the events of the selection that match. */
  public List<Group> group(Filter more, List<Dimension> by, List<Measure> measures) {
    List<Group> groups = new ArrayList<>();
    for (Row row :
        store.aggregate(
            new Aggregate(and(more), by, measures, -1, Integer.MAX_VALUE, ReadRequest.PATIENCE))) {
      groups.add(new Group(by, measures, row));
    }
    return groups;
  }

  /** Measures over the events of the selection that match. */
  public Group measure(Filter more, Measure... measures) {
    return group(more, List.of(), List.of(measures)).getFirst();
  }

  /** How many events of the selection match. */
  public long count(Filter more) {
    return measure(more, Measures.EVENTS).count(Measures.EVENTS);
  }

  /** The period asked about and, short, whose events: {@code since 2026-01-31, story 1.2}. */
  public String window(Wording wording) {
    StringBuilder out = new StringBuilder();
    if (since == null && until == null) {
      out.append("all time");
    } else {
      out.append(since == null ? "" : "since " + dates.minute(since));
      out.append(since == null || until == null ? "" : ", ");
      out.append(until == null ? "" : "until " + dates.minute(until));
    }
    Narrowing to = call.narrowing();
    if (to.project() != null) {
      out.append(", project ").append(wording.name(to.project()));
    }
    if (to.story() != null) {
      out.append(", story ").append(wording.name(to.story()));
    }
    if (to.agent() != null) {
      out.append(", agent ").append(wording.name(to.agent()));
    }
    if (to.machine() != null) {
      out.append(", machine ").append(wording.name(to.machine()));
    }
    if (to.person() != null) {
      out.append(", person ").append(wording.name(to.person()));
    }
    List<String> only = call.events().named();
    for (int i = 0; i + 1 < only.size(); i += 2) {
      out.append(", ").append(only.get(i));
      out.append(only.get(i + 1).equals("true") ? "" : " " + wording.name(only.get(i + 1)));
    }
    return out.toString();
  }

  /** {@code , 56 sessions}; nothing when no event names its session. */
  public String inSessions() {
    return sessions == 0 ? "" : ", " + Units.count(sessions, "session");
  }

  /** When the newest event was, relative and exact. */
  public String newest() {
    return "newest " + Units.agoInWords(last, now) + " (" + dates.day(last) + ")";
  }

  /** When the newest event was, short. */
  public String newestShort() {
    return "newest " + dates.day(last);
  }
}
