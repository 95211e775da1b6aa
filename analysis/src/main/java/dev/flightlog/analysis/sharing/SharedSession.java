package dev.flightlog.analysis.sharing;

import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One session as it is shown to others: people's turns, what agents said and did, subagents in
 * between at their time, errors, figures. Every text is redacted again. Immutable.
 */
public final class SharedSession {
  /** Of a longer session the newest are shown. */
  static final int MOST_EVENTS = 20_000;

  private static final Set<String> ACTS =
      Set.of(EventTypes.USER_PROMPT, EventTypes.MODEL_CALL, EventTypes.TOOL_CALL, "agent_message");

  final String id;
  final @Nullable String project;
  final List<Entry> entries;
  final Map<String, ModelUse> byAgent;
  final ModelUse use;
  final long from;
  final long to;
  private final long events;
  private final long redacted;

  private SharedSession(
      String id,
      @Nullable String project,
      List<Event> events,
      List<Entry> entries,
      Map<String, ModelUse> byAgent,
      long redacted) {
    this.id = id;
    this.project = project;
    this.entries = List.copyOf(entries);
    this.byAgent = byAgent;
    this.use = byAgent.values().stream().reduce(ModelUse.NONE, ModelUse::plus);
    this.from = events.getFirst().micros();
    this.to = events.getLast().micros();
    this.events = events.size();
    this.redacted = redacted;
  }

  /**
   * Reads a session.
   *
   * @param redactor of the home; texts were redacted when they were kept, and are once more by the
   *     rules of this version
   * @throws NotFoundException when no event has this session
   */
  public static SharedSession of(EventStore store, Redactor redactor, Pricing pricing, String id) {
    ReadRequest request =
        ReadRequest.newestFirst(Filter.is(Field.SESSION_ID, id)).limit(MOST_EVENTS);
    List<Event> events = store.read(request).finish(request).reversed();
    if (events.isEmpty()) {
      throw new NotFoundException(
          "there is no session '"
              + SafeText.shortened(id, 60)
              + "'; flightlog ask sessions lists them");
    }
    EntryReader reader = new EntryReader(redactor);
    String leader = leader(events);
    List<Entry> entries = new ArrayList<>();
    Map<String, List<Event>> calls = new LinkedHashMap<>();
    String project = null;
    for (Event event : events) {
      Entry entry = reader.entry(event, leader);
      if (entry != null) {
        entries.add(entry);
      }
      if (Events.MODEL_CALLS.matches(event)) {
        String agent = event.text(Field.AGENT_NAME);
        String name = agent == null || agent.equals(leader) ? "" : reader.line(agent, 80);
        calls.computeIfAbsent(name, _ -> new ArrayList<>()).add(event);
      }
      String of = event.text(Field.PROJECT);
      project = project == null && of != null ? reader.line(of, 80) : project;
    }
    entries.sort(Order.comparingLong(Entry::micros));
    Map<String, ModelUse> byAgent = new TreeMap<>();
    calls.forEach((agent, of) -> byAgent.put(agent, ModelUse.of(of, pricing)));
    return new SharedSession(
        reader.line(id, 120), project, events, entries, byAgent, reader.redacted());
  }

  /** Whoever was asked, or acts, first leads; null when it has no name. */
  private static @Nullable String leader(List<Event> events) {
    for (Event event : events) {
      if (ACTS.contains(event.eventType())) {
        return event.text(Field.AGENT_NAME);
      }
    }
    return null;
  }

  long count(Entry.Kind kind) {
    return entries.stream().filter(entry -> entry.kind() == kind).count();
  }

  boolean isCut() {
    return events == MOST_EVENTS;
  }

  /** What will be in the file, for people who are to agree to it: by name, as JSON shows it. */
  public Map<String, @Nullable Object> review() {
    Map<String, @Nullable Object> review = new LinkedHashMap<>();
    review.put("session", id);
    review.put("project", project);
    review.put("turns_of_people", count(Entry.Kind.PERSON));
    review.put("messages_of_agents", count(Entry.Kind.AGENT));
    review.put("tool_calls", count(Entry.Kind.TOOL) + count(Entry.Kind.FAILED));
    review.put("failed", count(Entry.Kind.FAILED));
    review.put("other_events", count(Entry.Kind.OTHER));
    review.put(
        "characters",
        entries.stream()
            .flatMap(entry -> entry.passages().stream())
            .mapToLong(passage -> passage.text().length())
            .sum());
    review.put("texts_redacted_now", redacted);
    review.put("cost_usd", use.cost());
    review.put("left_out", isCut() ? "all but the newest " + MOST_EVENTS + " events" : null);
    for (Entry entry : entries) {
      if (entry.kind() == Entry.Kind.PERSON && entry.firstText() != null) {
        review.put("first_words", SafeText.shortened(SafeText.sentence(entry.firstText()), 200));
        break;
      }
    }
    return review;
  }
}
