package dev.flightlog.analysis.runs;

/**
 * What tells a run from others.
 *
 * @param framework empty when no event of the run names it
 */
public record RunName(String framework, String id) {
  /** As it is typed: {@code framework/id}. */
  public String text() {
    return framework.isEmpty() ? id : framework + "/" + id;
  }
}
