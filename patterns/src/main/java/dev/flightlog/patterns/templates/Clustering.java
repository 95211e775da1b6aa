package dev.flightlog.patterns.templates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts signatures together that have one template. The outcome depends on the set alone. */
final class Clustering {
  private static final int ROUNDS = 12;

  private Clustering() {}

  /** Groups of places in the list; the list is sorted and without doubles. */
  static List<SignatureGroup> of(List<String> signatures, Lexicon lexicon) {
    Map<SignatureGroup, SignatureGroup> loose = new HashMap<>();
    List<SignatureGroup> patterns = new ArrayList<>();
    for (int i = 0; i < signatures.size(); i++) {
      SignatureGroup pattern =
          new SignatureGroup(TokenizedSignature.of(signatures.get(i), lexicon).loose(lexicon));
      SignatureGroup known = loose.putIfAbsent(pattern, pattern);
      if (known == null) {
        patterns.add(pattern);
        known = pattern;
      }
      known.members().add(i);
    }
    Families families = new Families(lexicon);
    Spans spans = new Spans(lexicon);
    for (int round = 0; round < ROUNDS; round++) {
      List<SignatureGroup> joined = families.joined(patterns);
      if (joined.size() == patterns.size()) {
        joined = spans.joined(patterns);
      }
      if (joined.size() == patterns.size()) {
        break;
      }
      patterns = joined;
    }
    return patterns;
  }
}
