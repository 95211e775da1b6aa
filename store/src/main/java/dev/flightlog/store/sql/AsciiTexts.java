package dev.flightlog.store.sql;

import dev.flightlog.store.Filter;

/**
 * Whether a database that folds the case of ASCII only can do a filter: what is looked for within
 * texts is of ASCII.
 *
 * @param least the first letter that it takes there; 1 for one whose texts end at NUL
 */
public record AsciiTexts(char least) implements Filter.EveryPart {
  private static final char END_OF_ASCII = 128;

  private boolean takes(String text) {
    return text.chars().allMatch(c -> c >= least && c < END_OF_ASCII);
  }

  @Override
  public Boolean in(Filter.In filter) {
    return true;
  }

  @Override
  public Boolean flag(Filter.Flag filter) {
    return true;
  }

  @Override
  public Boolean absent(Filter.Absent filter) {
    return true;
  }

  @Override
  public Boolean time(Filter.Time filter) {
    return true;
  }

  @Override
  public Boolean between(Filter.Between filter) {
    return true;
  }

  @Override
  public Boolean startsWith(Filter.StartsWith filter) {
    return true;
  }

  @Override
  public Boolean contains(Filter.Contains filter) {
    return takes(filter.text());
  }

  @Override
  public Boolean anywhere(Filter.Anywhere filter) {
    return takes(filter.text());
  }
}
