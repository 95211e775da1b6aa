package dev.flightlog.stores.clickhouse.http;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How the servers failed that were asked one after the other. Not safe for several threads. */
final class Failures {
  private final List<StoreException> all = new ArrayList<>();

  /**
   * Adds one after which another server may be asked: one that may pass, or that is this server's
   * alone, such as tables that it has lost.
   *
   * @throws StoreException this one, when every server would say the same
   */
  void add(StoreException e) {
    if (!e.worthRetrying() && e.kind() != Kind.DAMAGED) {
      throw e;
    }
    all.add(e);
  }

  /** Whether it makes no sense to wait: nobody waits for a name that is written wrongly. */
  boolean areFinal() {
    return all.stream().allMatch(e -> e.kind() == Kind.DAMAGED || isUnknownHost(e));
  }

  /** The one that says most. */
  StoreException worst() {
    return all.stream().min(Comparator.comparingInt(Failures::rank)).orElseThrow();
  }

  private static int rank(StoreException e) {
    return switch (e.kind()) {
      case DAMAGED -> 0;
      case FULL -> 1;
      case OVERLOADED -> 2;
      default -> isUnknownHost(e) ? 4 : 3;
    };
  }

  static boolean isUnknownHost(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
