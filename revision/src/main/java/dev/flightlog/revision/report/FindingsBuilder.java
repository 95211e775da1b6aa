package dev.flightlog.revision.report;

import dev.flightlog.wording.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers {@link Findings}; what comes from logs is made safe on the way. For one thread. */
public final class FindingsBuilder {
  private static final int LONGEST = 280;

  private final List<String> changed = new ArrayList<>();
  private final List<String> better = new ArrayList<>();
  private final List<String> worse = new ArrayList<>();
  private final List<String> decide = new ArrayList<>();
  private final Map<String, Double> figures = new LinkedHashMap<>();

  public FindingsBuilder changed(String sentence) {
    changed.add(safe(sentence));
    return this;
  }

  public FindingsBuilder better(String sentence) {
    better.add(safe(sentence));
    return this;
  }

  public FindingsBuilder worse(String sentence) {
    worse.add(safe(sentence));
    return this;
  }

  public FindingsBuilder decide(String sentence) {
    decide.add(safe(sentence));
    return this;
  }

  public FindingsBuilder figure(String name, double value) {
    figures.put(name, value);
    return this;
  }

  private static String safe(String sentence) {
    return SafeText.shortened(sentence, LONGEST);
  }

  public Findings build() {
    return new Findings(changed, better, worse, decide, figures);
  }
}
