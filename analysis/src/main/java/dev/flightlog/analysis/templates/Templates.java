package dev.flightlog.analysis.templates;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Learns templates from messages. What is kept is a bag: each signature and how often it came.
 * Templates are worked out from the bag when they are asked for, so they do not depend on the order
 * of messages, and two states merge by adding their bags. Memory is bounded: a bag beyond {@link
 * #MOST} signatures is folded to its templates, and the rarest that are still too many go. Not safe
 * for several threads.
 */
public final class Templates {
  /** Signatures that are kept. */
  public static final int MOST = 20_000;

  private final Masker masker = new Masker();
  private SignatureBag bag = new SignatureBag();

  /** Ids that were given, each with a signature that had it. */
  private final Map<String, String> given = new TreeMap<>();

  private @Nullable Grouping grouping;

  /** Takes a message in. */
  public void add(String message) {
    byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
    masker.mask(utf8, 0, utf8.length);
    add(masker.bytes(), masker.size(), 1);
  }

  /** Takes so many messages in that have this signature. */
  public void add(Signature signature, long count) {
    byte[] utf8 = signature.text().getBytes(StandardCharsets.UTF_8);
    add(utf8, utf8.length, count);
  }

  /** Takes in everything that another state has learnt. */
  public void merge(Templates other) {
    for (int i = 0; i < other.bag.size(); i++) {
      byte[] utf8 = other.bag.text(i).getBytes(StandardCharsets.UTF_8);
      add(utf8, utf8.length, other.bag.count(i));
    }
    given.putAll(other.given);
  }

  private void add(byte[] signature, int length, long count) {
    int before = bag.size();
    bag.add(bag.number(signature, length), count);
    if (bag.size() > before) {
      grouping = null;
    }
  }

  /** All templates, the most frequent first. */
  public List<Template> templates() {
    Grouping current = grouping();
    List<Template> all = new ArrayList<>();
    for (int i = 0; i < current.patterns.size(); i++) {
      all.add(template(current, i));
    }
    all.sort(
        Comparator.comparingLong(Template::count)
            .reversed()
            .thenComparing(Template::text)
            .thenComparing(Template::id));
    return all;
  }

  /** The template of a message; one that was never taken in may have one of its own, counted 0. */
  public Template templateOf(String message) {
    return templateOf(Signature.of(message));
  }

  /** The template of a signature; one that was never taken in may have one of its own. */
  public Template templateOf(Signature signature) {
    Grouping current = grouping();
    Integer pattern = current.ofSignature.get(signature.text());
    return pattern == null
        ? new Template(signature.id(), signature.text(), 0, 0)
        : template(current, pattern);
  }

  private static Template template(Grouping current, int pattern) {
    Template known = current.templates[pattern];
    if (known != null) {
      return known;
    }
    List<Integer> members = current.patterns.get(pattern).members();
    List<String> texts = new ArrayList<>();
    long count = 0;
    for (int member : members) {
      texts.add(current.signatures.get(member));
    }
    for (String text : texts) {
      count += current.counts.getOrDefault(text, 0L);
    }
    Lexicon lexicon = current.lexicon;
    texts.sort(
        Comparator.comparingLong((String each) -> current.counts.getOrDefault(each, 0L))
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    String text = Reading.of(texts, lexicon);
    int[] tokens = current.patterns.get(pattern).tokens();
    String id = Signature.id(Reading.text(tokens, new boolean[tokens.length], lexicon));
    Template made = new Template(id, text, count, members.size());
    current.templates[pattern] = made;
    return made;
  }

  private Grouping grouping() {
    Grouping current = grouping;
    if (current == null) {
      current = new Grouping(bag);
      grouping = current;
    }
    return current;
  }

  /** The bag, clustered. */
  private static final class Grouping {
    final Lexicon lexicon = new Lexicon();
    final List<String> signatures = new ArrayList<>();
    final Map<String, Long> counts = new HashMap<>();
    final List<Pattern> patterns;
    final Map<String, Integer> ofSignature = new HashMap<>();
    final @Nullable Template[] templates;

    Grouping(SignatureBag bag) {
      for (int i = 0; i < bag.size(); i++) {
        signatures.add(bag.text(i));
        counts.put(bag.text(i), bag.count(i));
      }
      signatures.sort(Comparator.naturalOrder());
      patterns = Clustering.of(signatures, lexicon);
      for (int i = 0; i < patterns.size(); i++) {
        for (int member : patterns.get(i).members()) {
          ofSignature.put(signatures.get(member), i);
        }
      }
      templates = new @Nullable Template[patterns.size()];
      Arrays.fill(templates, null);
    }
  }
}
