package dev.flightlog.patterns.templates;

import dev.flightlog.wording.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Learns templates from messages. What is kept is a bag: each signature and how often it came.
 * Templates are worked out from the bag when they are asked for, so they do not depend on the order
 * of messages, and two states merge by adding their bags. Memory is bounded: beyond {@link #MOST}
 * signatures those of a template are folded into one, and the rarest that are still too many go;
 * only then may order matter. Nothing here blocks. Not safe for several threads.
 */
public final class Templates {
  /** Signatures that are kept. */
  public static final int MOST = 20_000;

  /** Signatures that a folded template keeps, enough to find its slots again. */
  private static final int WITNESSES = 12;

  private static final String HEADER = "flightlog-templates 1";

  private final int most;
  private final Masker masker = new Masker();
  private SignatureBag bag = new SignatureBag();
  private final Map<String, Grouping.Given> given = new TreeMap<>();
  private @Nullable Grouping grouping;
  private long forgotten;
  private boolean folded;

  /** Makes a state that has learnt nothing. */
  public Templates() {
    this(MOST);
  }

  /** The same with another bound. */
  Templates(int most) {
    this.most = most;
  }

  /** Takes a message in; its first few thousand characters count. */
  public void add(String message) {
    add(MessageSignature.of(message), 1);
  }

  /** Takes so many messages in that have this signature. */
  public void add(MessageSignature signature, long count) {
    byte[] utf8 = signature.text().getBytes(StandardCharsets.UTF_8);
    count(utf8, utf8.length, count);
  }

  /** Takes one line of UTF-8 in, without its end. */
  public void add(byte[] line, int from, int to) {
    take(line, from, to);
  }

  /** Takes a line in; returns the number of its signature, good until the bag is folded. */
  int take(byte[] line, int from, int to) {
    masker.mask(line, from, to);
    return count(masker.bytes(), masker.size(), 1);
  }

  private int count(byte[] signature, int length, long count) {
    int number = bag.number(signature, length);
    bag.add(number, count);
    grouping = null;
    if (bag.size() > most) {
      fold();
    }
    return number;
  }

  /** Whether signatures were put together, or forgotten, because there were too many. */
  boolean isFolded() {
    return folded;
  }

  /** Takes in everything that another state has learnt. */
  public void merge(Templates other) {
    other.given.forEach(this::give);
    forgotten += other.forgotten;
    for (int i = 0; i < other.bag.size(); i++) {
      byte[] utf8 = other.bag.text(i).getBytes(StandardCharsets.UTF_8);
      count(utf8, utf8.length, other.bag.count(i));
    }
  }

  private void give(String id, Grouping.Given next) {
    given.merge(
        id,
        next,
        (a, b) -> {
          boolean first =
              a.count() == b.count()
                  ? a.signature().compareTo(b.signature()) <= 0
                  : a.count() > b.count();
          return first ? a : b;
        });
    grouping = null;
  }

  /** How many messages were forgotten because memory is bounded. */
  public long forgotten() {
    return forgotten;
  }

  /** All templates, the most frequent first; lines that say nothing have none. */
  public List<Template> templates() {
    Grouping current = grouping();
    List<Template> all = new ArrayList<>();
    for (int i = 0; i < current.size(); i++) {
      if (Template.says(current.template(i).text())) {
        all.add(current.template(i));
      }
    }
    all.sort(
        Order.comparingLong(Template::count)
            .reversed()
            .thenComparing(Template::text)
            .thenComparing(Template::id));
    return all;
  }

  /**
   * The template of a message; one that is like nothing learnt has a template of its own, and one
   * that says nothing has {@link Template#NONE}.
   */
  public Template templateOf(String message) {
    return templateOf(MessageSignature.of(message));
  }

  /** The template of a signature; one that is like nothing learnt has a template of its own. */
  public Template templateOf(MessageSignature signature) {
    if (!Template.says(signature.text())) {
      return Template.NONE;
    }
    Grouping current = grouping();
    int place = current.place(signature.text());
    return place < 0
        ? new Template(signature.id(), signature.text(), 0, 0)
        : current.template(place);
  }

  /** Looks up lines fast; good until something is added. */
  Lookup lookup() {
    return new Lookup(new @Nullable Template[bag.size()]);
  }

  /** Templates by number of signature, as they were asked for. */
  final class Lookup {
    private final @Nullable Template[] known;

    private Lookup(@Nullable Template[] known) {
      this.known = known;
    }

    Template of(byte[] line, int from, int to) {
      masker.mask(line, from, to);
      int number = bag.find(masker.bytes(), masker.size());
      if (number < 0) {
        return templateOf(MessageSignature.ofText(masker.text()));
      }
      return of(number);
    }

    /** The template of a signature by its number. */
    Template of(int number) {
      Template template = known[number];
      if (template == null) {
        template = templateOf(MessageSignature.ofText(bag.text(number)));
        known[number] = template;
      }
      return template;
    }
  }

  /** The template that has this id, or had it before it grew; null if there is none. */
  public @Nullable Template find(String id) {
    Grouping current = grouping();
    int place = current.placeOfId(id);
    return place < 0 ? null : current.template(place);
  }

  private Grouping grouping() {
    Grouping current = grouping;
    if (current == null) {
      current = new Grouping(bag, given);
      grouping = current;
    }
    return current;
  }

  private void fold() {
    Grouping current = grouping();
    folded = true;
    Map<String, Long> fewer = new TreeMap<>();
    for (int place = 0; place < current.size(); place++) {
      List<String> members = current.members(place);
      boolean several = members.size() > WITNESSES;
      for (int i = 0; i < members.size(); i++) {
        String kept = several && i >= WITNESSES ? current.folded(place) : members.get(i);
        fewer.merge(kept, current.count(members.get(i)), Long::sum);
      }
    }
    List<Map.Entry<String, Long>> kept = new ArrayList<>(fewer.entrySet());
    kept.sort(
        Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry::getKey));
    bag = new SignatureBag();
    for (int i = 0; i < kept.size(); i++) {
      if (i < most / 4 * 3) {
        byte[] utf8 = kept.get(i).getKey().getBytes(StandardCharsets.UTF_8);
        bag.add(bag.number(utf8, utf8.length), kept.get(i).getValue());
      } else {
        forgotten += kept.get(i).getValue();
      }
    }
    grouping = null;
  }

  /** From now on the templates keep the ids they have. */
  private void give(Grouping current) {
    for (int place = 0; place < current.size(); place++) {
      Template template = current.template(place);
      List<String> members = current.members(place);
      if (given.containsKey(template.id()) || given.size() < most) {
        members.sort(Comparator.naturalOrder());
        give(template.id(), new Grouping.Given(members.getFirst(), template.count()));
      }
    }
  }

  /** The state as text, from which {@link #load} makes an equal one; ids stay what they are. */
  public String save() {
    give(grouping());
    StringBuilder out = new StringBuilder(HEADER).append('\t').append(forgotten).append('\n');
    Map<String, Long> sorted = new TreeMap<>();
    for (int i = 0; i < bag.size(); i++) {
      sorted.put(bag.text(i), bag.count(i));
    }
    sorted.forEach((text, count) -> out.append(count).append('\t').append(text).append('\n'));
    given.forEach((id, each) ->
        out.append(id)
            .append('\t')
            .append(each.count())
            .append('\t')
            .append(each.signature())
            .append('\n'));
    return out.toString();
  }

  /**
   * Makes a state from its text.
   *
   * @throws IllegalArgumentException when the text is none; the message names the line
   */
  public static Templates load(String saved) {
    Templates templates = new Templates();
    int number = 0;
    for (String line : saved.split("\n", -1)) {
      number++;
      String[] cells = line.split("\t", -1);
      boolean ends = line.isEmpty() && number > 1;
      try {
        if (number == 1 && cells.length == 2 && cells[0].equals(HEADER)) {
          templates.forgotten = Long.parseLong(cells[1]);
        } else if (number > 1 && cells.length == 2) {
          templates.add(MessageSignature.ofText(cells[1]), Long.parseLong(cells[0]));
        } else if (number > 1 && cells.length == 3) {
          templates.give(cells[0], new Grouping.Given(cells[2], Long.parseLong(cells[1])));
        } else if (!ends) {
          throw new NumberFormatException("unexpected cells");
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "line " + number + " of the saved templates cannot be read: learn them anew", e);
      }
    }
    return templates;
  }
}
