package dev.flightlog.event.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recall and precision over labelled lines. A secret counts as found when nothing of it is left; a
 * pseudonym that stands for no labelled secret is a false hit of the group its kind belongs to.
 */
final class RedactionScore {
  private static final Pattern PSEUDONYM = Pattern.compile("\\[redacted:([^:]+):[0-9a-f]{8}]");
  private static final Set<String> BY_NAME =
      Set.of(
          "password", "token", "authorization", "cookie", "url-password", "url-token", "unchecked");

  /** Counts of one group. */
  static final class Tally {
    int secrets;
    int found;
    int falseHits;

    double recall() {
      return secrets == 0 ? 1 : (double) found / secrets;
    }

    double precision() {
      return found + falseHits == 0 ? 1 : (double) found / (found + falseHits);
    }
  }

  final Map<String, Tally> kinds = new TreeMap<>();
  final Tally known = new Tally();
  final Tally generic = new Tally();
  final List<String> misses = new ArrayList<>();
  final List<String> falseHits = new ArrayList<>();

  static RedactionScore of(Redactor redactor, List<SecretCorpus.Line> lines) {
    RedactionScore score = new RedactionScore();
    lines.forEach(line -> score.judge(redactor, line));
    return score;
  }

  private void judge(Redactor redactor, SecretCorpus.Line line) {
    String redacted = redactor.redact(line.text());
    Matcher pseudonyms = PSEUDONYM.matcher(redacted);
    List<String> hits = new ArrayList<>();
    while (pseudonyms.find()) {
      hits.add(pseudonyms.group(1));
    }
    String kind = line.kind();
    String secret = line.secret();
    if (kind != null && secret != null) {
      Tally tally = kinds.computeIfAbsent(kind, k -> new Tally());
      Tally group = line.known() ? known : generic;
      tally.secrets++;
      group.secrets++;
      if (gone(redacted, secret) && !hits.isEmpty()) {
        tally.found++;
        group.found++;
        hits.remove(0);
      } else {
        misses.add(kind + ": " + line.text() + "  ->  " + redacted);
      }
    }
    for (String hit : hits) {
      (BY_NAME.contains(hit) ? generic : known).falseHits++;
      falseHits.add(hit + ": " + line.text() + "  ->  " + redacted);
    }
  }

  /** Neither the secret nor a telling part of it is left. */
  private static boolean gone(String redacted, String secret) {
    int part = Math.min(secret.length(), 10);
    String end = secret.substring(secret.length() - part);
    return !redacted.contains(secret) && !redacted.contains(end);
  }
}
