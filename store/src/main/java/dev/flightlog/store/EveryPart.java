package dev.flightlog.store;

import java.util.List;

/**
 * A test of a filter that holds when it holds for every condition in it, however they are joined.
 * What it says of each kind of condition is left to those who extend it. Stateless, if they are.
 */
public abstract class EveryPart implements Filter.Cases<Boolean> {
  private boolean all(List<Filter> filters) {
    for (Filter filter : filters) {
      if (!filter.as(this)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public final Boolean everything() {
    return true;
  }

  @Override
  public final Boolean nothing() {
    return true;
  }

  @Override
  public final Boolean and(Filter.And filter) {
    return all(filter.all());
  }

  @Override
  public final Boolean or(Filter.Or filter) {
    return all(filter.any());
  }

  @Override
  public final Boolean not(Filter.Not filter) {
    return filter.filter().as(this);
  }
}
