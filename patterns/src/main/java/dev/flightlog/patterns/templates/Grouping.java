package dev.flightlog.patterns.templates;

import dev.flightlog.wording.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bag of signatures, clustered: a value made at one moment. Not safe for several threads. */
final class Grouping {
  /** An id that was given to a template: a signature it had, and how often the template came. */
  record Given(String signature, long count) {}

  private final Lexicon lexicon = new Lexicon();
  private final List<String> signatures = new ArrayList<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final List<SignatureGroup> patterns;
  private final Map<String, Integer> places = new HashMap<>();
  private final SlotIndex index = new SlotIndex(lexicon);
  private final Map<SignatureGroup, Integer> byPattern = new HashMap<>();
  private final @Nullable Template[] templates;
  private final Map<String, Integer> placesOfIds = new TreeMap<>();
  private final Map<Integer, String> idsOfPlaces = new HashMap<>();

  Grouping(SignatureBag bag, Map<String, Given> given) {
    for (int i = 0; i < bag.size(); i++) {
      signatures.add(bag.text(i));
      counts.put(bag.text(i), bag.count(i));
    }
    signatures.sort(Comparator.naturalOrder());
    patterns = Clustering.of(signatures, lexicon);
    for (int place = 0; place < patterns.size(); place++) {
      for (int member : patterns.get(place).members()) {
        places.put(signatures.get(member), place);
      }
      index.add(patterns.get(place));
      byPattern.put(patterns.get(place), place);
    }
    templates = new @Nullable Template[patterns.size()];
    name(given);
  }

  /** A template keeps the id that was given when it was largest. */
  private void name(Map<String, Given> given) {
    Map<Integer, Given> largest = new HashMap<>();
    for (Map.Entry<String, Given> each : new TreeMap<>(given).entrySet()) {
      int place = place(each.getValue().signature());
      if (place >= 0) {
        placesOfIds.put(each.getKey(), place);
        Given known = largest.get(place);
        if (known == null || each.getValue().count() > known.count()) {
          largest.put(place, each.getValue());
          idsOfPlaces.put(place, each.getKey());
        }
      }
    }
  }

  int size() {
    return patterns.size();
  }

  /** The place of the template of a signature, -1 if there is none. */
  int place(String signature) {
    Integer known = places.get(signature);
    if (known != null) {
      return known;
    }
    SignatureGroup wanted =
        new SignatureGroup(TokenizedSignature.of(signature, lexicon).loose(lexicon));
    SignatureGroup found = byPattern.containsKey(wanted) ? wanted : index.fitting(wanted);
    return found == null ? -1 : byPattern.getOrDefault(found, -1);
  }

  /** The place of the template that has or had this id, -1 if there is none. */
  int placeOfId(String id) {
    Integer place = placesOfIds.get(id);
    for (int i = 0; place == null && i < patterns.size(); i++) {
      if (template(i).id().equals(id)) {
        return i;
      }
    }
    return place == null ? -1 : place;
  }

  /** The signatures of a template, the most frequent first. */
  List<String> members(int place) {
    List<String> texts = new ArrayList<>();
    for (int member : patterns.get(place).members()) {
      texts.add(signatures.get(member));
    }
    texts.sort(
        Order.comparingLong((String each) -> count(each))
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    return texts;
  }

  long count(String signature) {
    return counts.getOrDefault(signature, 0L);
  }

  Template template(int place) {
    Template known = templates[place];
    if (known == null) {
      List<String> texts = members(place);
      long count = 0;
      for (String text : texts) {
        count += count(text);
      }
      String given = idsOfPlaces.get(place);
      String id = given == null ? MessageSignature.id(form(place)) : given;
      known = new Template(id, TemplateText.of(texts, lexicon), count, texts.size());
      templates[place] = known;
    }
    return known;
  }

  /** A signature that stands for all of a template. */
  String folded(int place) {
    String text = template(place).text();
    int[] tokens = TokenizedSignature.of(text, lexicon).loose(lexicon);
    return Arrays.equals(tokens, patterns.get(place).tokens()) ? text : form(place);
  }

  /** The tokens of a template in one line: depends on its wording alone, not on counts. */
  private String form(int place) {
    int[] tokens = patterns.get(place).tokens();
    boolean[] spaced = new boolean[tokens.length];
    Arrays.fill(spaced, true);
    return TemplateText.text(tokens, spaced, lexicon);
  }
}
