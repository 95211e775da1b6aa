package dev.flightlog.benchmarks.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the stream of events on a thread of its own, and notes when it first met each mark. */
final class StreamReader implements AutoCloseable {
  private static final Pattern MARKS = Pattern.compile("mark-\\d+\\.|asks-\\d+");

  private final Map<String, Long> met = new HashMap<>();
  private final Stream<String> lines;
  private final Thread thread;

  /** Begins to read; what is recorded from now on is met. */
  StreamReader(HttpClient client, URI server) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/stream")).build();
    lines = client.send(request, HttpResponse.BodyHandlers.ofLines()).body();
    Iterator<String> all = lines.iterator();
    all.next();
    thread = Thread.ofPlatform().daemon().start(() -> read(all));
  }

  private void read(Iterator<String> all) {
    try {
      while (all.hasNext()) {
        note(all.next());
      }
    } catch (RuntimeException e) {
      // It was closed.
    }
  }

  private synchronized void note(String line) {
    long now = System.nanoTime();
    Matcher matcher = MARKS.matcher(line);
    boolean more = false;
    while (matcher.find()) {
      more |= met.putIfAbsent(matcher.group(), now) == null;
    }
    if (more) {
      notifyAll();
    }
  }

  /** When this was met first, by {@link System#nanoTime}; 0 when it was not within the seconds. */
  synchronized long awaitMark(String mark, long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!met.containsKey(mark) && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
    }
    return met.getOrDefault(mark, 0L);
  }

  @Override
  public void close() {
    lines.close();
    thread.interrupt();
  }
}
