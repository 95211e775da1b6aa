package dev.flightlog.store;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which events. The meaning is {@link #matches}; a store translates the same tree, or leaves a part
 * of it unmet. There are two truth values: what is absent matches no comparison, and {@code not} of
 * that matches.
 */
public sealed interface Filter {
  Filter EVERYTHING = new Everything();
  Filter NOTHING = new Nothing();

  boolean matches(Event event);

  /**
   * Asks the case of this kind of filter. A translation is one {@link Cases}, and does not compile
   * while it leaves a kind out. It is an interface and no pattern switch, because those make a
   * class at run time on the way of every question: docs/decisions/0005-start-up.md.
   */
  <T> T as(Cases<T> cases);

  /**
   * What becomes of each kind of filter.
   *
   * @param <T> what a filter is translated into
   */
  interface Cases<T> {
    T everything();

    T nothing();

    T and(And filter);

    T or(Or filter);

    T not(Not filter);

    T in(In filter);

    T flag(Flag filter);

    T absent(Absent filter);

    T time(Time filter);

    T between(Between filter);

    T startsWith(StartsWith filter);

    T contains(Contains filter);

    T anywhere(Anywhere filter);
  }

  /** A test that holds when it holds for every condition in a filter, however they are joined. */
  interface EveryPart extends Cases<Boolean> {
    private boolean all(List<Filter> filters) {
      for (Filter filter : filters) {
        if (!filter.as(this)) {
          return false;
        }
      }
      return true;
    }

    @Override
    default Boolean everything() {
      return true;
    }

    @Override
    default Boolean nothing() {
      return true;
    }

    @Override
    default Boolean and(And filter) {
      return all(filter.all());
    }

    @Override
    default Boolean or(Or filter) {
      return all(filter.any());
    }

    @Override
    default Boolean not(Not filter) {
      return filter.filter().as(this);
    }
  }

  /** All of them; EVERYTHING without any. */
  static Filter and(Filter... filters) {
    return and(List.of(filters));
  }

  /** All of them, stretches of time as their intersection; EVERYTHING without any. */
  static Filter and(List<Filter> filters) {
    List<Filter> parts = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter instanceof Nothing) {
        return filter;
      } else if (filter instanceof And and) {
        and.all().forEach(part -> addTo(parts, part));
      } else if (!(filter instanceof Everything)) {
        addTo(parts, filter);
      }
    }
    return parts.isEmpty() ? EVERYTHING : parts.size() == 1 ? parts.getFirst() : new And(parts);
  }

  /** A database that is told of two beginnings may look from the earlier one. */
  private static void addTo(List<Filter> parts, Filter filter) {
    if (filter instanceof Time time) {
      for (int i = 0; i < parts.size(); i++) {
        if (parts.get(i) instanceof Time other) {
          long since = Math.max(time.since, other.since);
          parts.set(i, new Time(since, Math.min(time.until, other.until)));
          return;
        }
      }
    }
    parts.add(filter);
  }

  /** Any of them; NOTHING without any. */
  static Filter or(Filter... filters) {
    return or(List.of(filters));
  }

  /** Any of them; NOTHING without any. */
  static Filter or(List<Filter> filters) {
    List<Filter> parts = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter instanceof Everything) {
        return filter;
      } else if (filter instanceof Or or) {
        parts.addAll(or.any());
      } else if (!(filter instanceof Nothing)) {
        parts.add(filter);
      }
    }
    return parts.isEmpty() ? NOTHING : parts.size() == 1 ? parts.getFirst() : new Or(parts);
  }

  static Filter not(Filter filter) {
    if (filter instanceof Everything) {
      return NOTHING;
    } else if (filter instanceof Nothing) {
      return EVERYTHING;
    }
    return filter instanceof Not not ? not.filter() : new Not(filter);
  }

  /** The text is exactly this one. */
  static Filter is(Field field, String text) {
    return new In(Attribute.of(field), Set.of(text));
  }

  /** The text is exactly this one. */
  static Filter is(Attribute attribute, String text) {
    return new In(attribute, Set.of(text));
  }

  /** The text is exactly one of these. */
  static Filter in(Attribute attribute, Collection<String> texts) {
    return texts.isEmpty() ? NOTHING : new In(attribute, Set.copyOf(texts));
  }

  /** The boolean field is there and has this value. */
  static Filter is(Field field, boolean value) {
    return new Flag(field, value);
  }

  /** The text begins with this one: every text there is for none. */
  static Filter startsWith(Field field, String beginning) {
    return new StartsWith(Attribute.of(field), beginning);
  }

  static Filter absent(Attribute attribute) {
    return new Absent(attribute);
  }

  /** At this time or later, in microseconds since 1970. */
  static Filter since(long micros) {
    return new Time(micros, Long.MAX_VALUE);
  }

  /** Before this time. */
  static Filter until(long micros) {
    return new Time(Long.MIN_VALUE, micros);
  }

  /**
   * The text stands, in any case, somewhere in event type, category, session, story, workflow,
   * agent, component, or details; there as it is or as JSON writes it.
   */
  static Filter anywhere(String text) {
    return new Anywhere(text);
  }

  /** Every event. */
  record Everything() implements Filter {
    @Override
    public <T> T as(Cases<T> cases) {
      return cases.everything();
    }

    @Override
    public boolean matches(Event event) {
      return true;
    }

    /**
     * Written out, for it is asked on the way of every question: docs/decisions/0005-start-up.md.
     */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Everything;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  /** No event. */
  record Nothing() implements Filter {
    @Override
    public <T> T as(Cases<T> cases) {
      return cases.nothing();
    }

    @Override
    public boolean matches(Event event) {
      return false;
    }
  }

  record And(List<Filter> all) implements Filter {
    public And {
      all = List.copyOf(all);
    }

    @Override
    public <T> T as(Cases<T> cases) {
      return cases.and(this);
    }

    @Override
    public boolean matches(Event event) {
      for (Filter filter : all) {
        if (!filter.matches(event)) {
          return false;
        }
      }
      return true;
    }
  }

  record Or(List<Filter> any) implements Filter {
    public Or {
      any = List.copyOf(any);
    }

    @Override
    public <T> T as(Cases<T> cases) {
      return cases.or(this);
    }

    @Override
    public boolean matches(Event event) {
      for (Filter filter : any) {
        if (filter.matches(event)) {
          return true;
        }
      }
      return false;
    }
  }

  record Not(Filter filter) implements Filter {
    @Override
    public <T> T as(Cases<T> cases) {
      return cases.not(this);
    }

    @Override
    public boolean matches(Event event) {
      return !filter.matches(event);
    }
  }

  /** The attribute is a text and one of these. */
  record In(Attribute attribute, Set<String> texts) implements Filter {
    public In {
      texts = Set.copyOf(texts);
    }

    @Override
    public <T> T as(Cases<T> cases) {
      return cases.in(this);
    }

    @Override
    public boolean matches(Event event) {
      String text = attribute.text(event);
      return text != null && texts.contains(text);
    }

    @Override
    public String toString() {
      return attribute + " in " + new TreeSet<>(texts);
    }
  }

  /** The field is a boolean and has this value. */
  record Flag(Field field, boolean value) implements Filter {
    public Flag {
      if (field.kind() != Field.Kind.BOOLEAN) {
        throw new IllegalArgumentException(field.wireName() + " is no yes or no");
      }
    }

    @Override
    public <T> T as(Cases<T> cases) {
      return cases.flag(this);
    }

    @Override
    public boolean matches(Event event) {
      Boolean flag = event.flag(field);
      return flag != null && flag == value;
    }
  }

  /** There is no value, or for a detail a null one. */
  record Absent(Attribute attribute) implements Filter {
    @Override
    public <T> T as(Cases<T> cases) {
      return cases.absent(this);
    }

    @Override
    public boolean matches(Event event) {
      return !attribute.isIn(event);
    }
  }

  /** {@code since <= timestamp < until}, in microseconds since 1970. */
  record Time(long since, long until) implements Filter {
    @Override
    public <T> T as(Cases<T> cases) {
      return cases.time(this);
    }

    @Override
    public boolean matches(Event event) {
      long micros = event.micros();
      return micros >= since && micros < until;
    }
  }

  /** The attribute is a number, at least the one and below the other. */
  record Between(Attribute attribute, double atLeast, double below) implements Filter {
    @Override
    public <T> T as(Cases<T> cases) {
      return cases.between(this);
    }

    @Override
    public boolean matches(Event event) {
      Number number = attribute.number(event);
      return number != null && number.doubleValue() >= atLeast && number.doubleValue() < below;
    }
  }

  /** The attribute is a text that begins with this one, case included. */
  record StartsWith(Attribute attribute, String beginning) implements Filter {
    @Override
    public <T> T as(Cases<T> cases) {
      return cases.startsWith(this);
    }

    @Override
    public boolean matches(Event event) {
      String text = attribute.text(event);
      return text != null && text.startsWith(beginning);
    }
  }

  /** The text of the attribute has this text in it; a JSON field is its text as it is kept. */
  record Contains(Attribute attribute, String text) implements Filter {
    @Override
    public <T> T as(Cases<T> cases) {
      return cases.contains(this);
    }

    @Override
    public boolean matches(Event event) {
      return Texts.contains(attribute.text(event), text);
    }
  }

  /** See {@link Filter#anywhere}. */
  record Anywhere(String text) implements Filter {
    /** The fields in which the text is looked for, besides the details. */
    public static final List<Field> FIELDS =
        List.of(
            Field.EVENT_TYPE,
            Field.CATEGORY,
            Field.SESSION_ID,
            Field.STORY_ID,
            Field.WORKFLOW_ID,
            Field.AGENT_NAME,
            Field.COMPONENT);

    /** The text as it stands inside a JSON string. */
    public String escaped() {
      return Texts.escaped(text);
    }

    @Override
    public <T> T as(Cases<T> cases) {
      return cases.anywhere(this);
    }

    @Override
    public boolean matches(Event event) {
      String details = event.text(Field.DETAILS);
      return Texts.contains(details, text)
          || Texts.contains(details, escaped())
          || FIELDS.stream().anyMatch(field -> Texts.contains(event.text(field), text));
    }
  }
}
