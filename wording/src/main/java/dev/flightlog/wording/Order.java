package dev.flightlog.wording;

import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * The comparators of {@link Comparator} for what a new process does: theirs can be serialized, and
 * so the ahead-of-time cache does not hold them; each costs some milliseconds where it is made
 * first. Immutable.
 */
public final class Order<T> implements Comparator<T> {
  private final Comparator<T> by;

  private Order(Comparator<T> by) {
    this.by = by;
  }

  /** By what the function gives. */
  public static <T, U extends Comparable<? super U>> Order<T> comparing(
      Function<? super T, ? extends U> key) {
    return new Order<>((a, b) -> key.apply(a).compareTo(key.apply(b)));
  }

  /** By what the function gives, in that order. */
  public static <T, U> Order<T> comparing(
      Function<? super T, ? extends U> key, Comparator<? super U> order) {
    return new Order<>((a, b) -> order.compare(key.apply(a), key.apply(b)));
  }

  /** By a number. */
  public static <T> Order<T> comparingLong(ToLongFunction<? super T> key) {
    return new Order<>((a, b) -> Long.compare(key.applyAsLong(a), key.applyAsLong(b)));
  }

  /** By a number. */
  public static <T> Order<T> comparingInt(ToIntFunction<? super T> key) {
    return new Order<>((a, b) -> Integer.compare(key.applyAsInt(a), key.applyAsInt(b)));
  }

  /** By a number. */
  public static <T> Order<T> comparingDouble(ToDoubleFunction<? super T> key) {
    return new Order<>((a, b) -> Double.compare(key.applyAsDouble(a), key.applyAsDouble(b)));
  }

  @Override
  public int compare(T a, T b) {
    return by.compare(a, b);
  }

  @Override
  public Order<T> reversed() {
    return new Order<>((a, b) -> by.compare(b, a));
  }

  @Override
  public Order<T> thenComparing(Comparator<? super T> other) {
    return new Order<>((a, b) -> {
      int order = by.compare(a, b);
      return order == 0 ? other.compare(a, b) : order;
    });
  }

  @Override
  public <U extends Comparable<? super U>> Order<T> thenComparing(
      Function<? super T, ? extends U> key) {
    return thenComparing(Order.<T, U>comparing(key));
  }

  @Override
  public Order<T> thenComparingLong(ToLongFunction<? super T> key) {
    return thenComparing(Order.<T>comparingLong(key));
  }

  @Override
  public Order<T> thenComparingInt(ToIntFunction<? super T> key) {
    return thenComparing(Order.<T>comparingInt(key));
  }

  @Override
  public Order<T> thenComparingDouble(ToDoubleFunction<? super T> key) {
    return thenComparing(Order.<T>comparingDouble(key));
  }
}
