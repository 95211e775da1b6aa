package dev.flightlog.server.stream;

import dev.flightlog.event.Event;
import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Message;
import dev.flightlog.server.web.MessageOutput;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import dev.flightlog.store.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one watcher is sent. It reads for itself what arrived before it came, until it stands where
 * the hub stands, or at a place that the hub still keeps; from then on it takes what the hub has. A
 * reader for whom that comes too fast is told so, with its place, and is sent no more.
 */
final class Watch implements Content.Messages {
  private static final int AT_ONCE = 200;

  /** A little later there is more to send at a time; the first of it is sent at once. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Hub hub;
  private final StoreReads reads;
  private final Filter filter;
  private final int newest;
  private final long beatNanos;
  private @Nullable Cursor place;
  private Set<Event> shown = Set.of();
  private long beaten;

  /**
   * @param after where it goes on; null to begin with what arrives from now on
   * @param newest so many that are there already are sent before, unless it goes on
   * @param beatNanos how often there is a sign of life
   */
  Watch(
      Hub hub,
      StoreReads reads,
      Filter filter,
      @Nullable Cursor after,
      int newest,
      long beatNanos) {
    this.hub = hub;
    this.reads = reads;
    this.filter = filter;
    this.place = after;
    this.newest = newest;
    this.beatNanos = beatNanos;
  }

  @Override
  public void sendTo(MessageOutput out) throws IOException {
    if (!hub.enter(StreamFeature.MOST_WATCHERS)) {
      end("busy", "as many watch as may; try again later", out);
      return;
    }
    try {
      watch(out);
    } catch (StoreException e) {
      end("failed", String.valueOf(e.getMessage()), out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
    } finally {
      hub.leave();
    }
  }

  private void watch(MessageOutput out) throws IOException, InterruptedException {
    Cursor at = place == null ? begin(out) : place;
    beat(at, out);
    long number = -1;
    while (!hub.isClosed()) {
      if (number < 0) {
        number = hub.numberBehind(at);
      }
      if (number < 0) {
        at = readOn(at, out);
        continue;
      }
      List<Arrival> some = hub.from(number, AT_ONCE, untilBeat());
      if (some == null) {
        end("cut_off", "more arrived than was read; go on behind 'id'", out);
        return;
      }
      for (Arrival arrival : some) {
        at = arrival.behind() == null ? at : arrival.behind();
        send(arrival, out);
      }
      number += some.size();
      settle(at, !some.isEmpty(), out);
    }
    end("stopping", "the server stops; go on behind 'id' later", out);
  }

  /** Sends the newest that are there, and answers where what comes after them begins. */
  private Cursor begin(MessageOutput out) throws IOException {
    Cursor latest = reads.latest();
    List<Event> events = newest == 0 ? List.of() : reads.newest(filter, newest);
    for (Event event : events) {
      out.send(new Message("event", null, Arrival.json(event)));
    }
    shown = new HashSet<>(events);
    return latest;
  }

  /**
   * Sends what the store has behind this place; when that is all, waits until there may be more.
   */
  private Cursor readOn(Cursor at, MessageOutput out) throws IOException, InterruptedException {
    long before = hub.rounds();
    switch (reads.changes(at, filter, AT_ONCE)) {
      case Changes.Page page -> {
        for (Arrival arrival : Arrival.of(page)) {
          send(arrival, out);
        }
        settle(page.next(), !page.events().isEmpty(), out);
        if (!page.more() && hub.numberBehind(page.next()) < 0) {
          hub.awaitRound(before, untilBeat());
        }
        return page.next();
      }
      case Changes.Unknown unknown -> {
        Cursor latest = reads.latest();
        out.send(Arrival.reset(unknown.why(), latest).message());
        settle(latest, true, out);
        return latest;
      }
    }
  }

  private void send(Arrival arrival, MessageOutput out) throws IOException {
    Event event = arrival.event();
    boolean before = event != null && !shown.isEmpty() && shown.remove(event);
    if (arrival.isFor(filter) && !before) {
      out.send(arrival.message());
    }
  }

  /** What was sent is on its way; the reader is at this place. */
  private void settle(Cursor at, boolean some, MessageOutput out)
      throws IOException, InterruptedException {
    place = at;
    if (some) {
      out.flush();
      TimeUnit.NANOSECONDS.sleep(GATHER_NANOS);
    }
    if (untilBeat() <= 0) {
      beat(at, out);
    }
  }

  private long untilBeat() {
    return beaten + beatNanos - System.nanoTime();
  }

  private void beat(Cursor at, MessageOutput out) throws IOException {
    place = at;
    out.place(at.text());
    out.flush();
    beaten = System.nanoTime();
  }

  private void end(String kind, String why, MessageOutput out) throws IOException {
    String id = place == null ? null : place.text();
    out.send(Message.of(kind, id, Map.of("reason", why)));
    out.flush();
  }
}
