package dev.flightlog.benchmarks.telemetry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Sends requests of spans over some connections, by timetable or as fast as answers come, for a
 * time. A refused request is not sent again.
 */
final class SpanLoad {
  private final URI address;
  private final int batch;
  private final AtomicLong numbers;
  private final Supplier<SpanRequests> form;
  private final Queue<Long> micros = new ConcurrentLinkedQueue<>();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong other = new AtomicLong();

  /**
   * @param numbers from which each request takes the numbers of its spans
   * @param form makes requests of so many spans, for each connection anew
   */
  SpanLoad(URI address, int batch, AtomicLong numbers, Supplier<SpanRequests> form) {
    this.address = address;
    this.batch = batch;
    this.numbers = numbers;
    this.form = form;
  }

  /**
   * Sends.
   *
   * @param spansASecond over all connections; 0 for as many as are taken
   */
  void run(int connections, long spansASecond, long seconds) throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    AtomicLong turns = new AtomicLong();
    Thread[] threads = new Thread[connections];
    for (int i = 0; i < connections; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(() -> {
                try (Connection connection = new Connection()) {
                  SpanRequests batches = form.get();
                  while (System.nanoTime() < end) {
                    long planned = System.nanoTime();
                    if (spansASecond > 0) {
                      planned =
                          begin + turns.getAndIncrement() * batch * 1_000_000_000L / spansASecond;
                      while (planned > System.nanoTime()) {
                        LockSupport.parkNanos(planned - System.nanoTime());
                      }
                    }
                    byte[] request = batches.request(numbers.getAndAdd(batch));
                    planned = spansASecond > 0 ? planned : System.nanoTime();
                    count(connection.post(request, batches));
                    micros.add((System.nanoTime() - planned) / 1000);
                  }
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void count(int status) {
    switch (status) {
      case 200, 202 -> accepted.incrementAndGet();
      case 429, 503 -> refused.incrementAndGet();
      default -> other.incrementAndGet();
    }
  }

  /** Spans that were answered 200, or 202 as Zipkin does. */
  long accepted() {
    return accepted.get() * batch;
  }

  /** Requests that were answered 429 or 503. */
  long refused() {
    return refused.get();
  }

  /** Requests with any other answer, or none. */
  long other() {
    return other.get();
  }

  /** The time of an answer in milliseconds, of this share of all. */
  double percentile(double share) {
    long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1000.0;
  }

  /** One connection, opened again when the server closed it. */
  private final class Connection implements AutoCloseable {
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();

    /** The status of the answer; 0 where none came. */
    int post(byte[] body, SpanRequests to) {
      try {
        if (!socket.isConnected() || socket.isClosed()) {
          socket = new Socket(address.getHost(), address.getPort());
          socket.setTcpNoDelay(true);
          in = new BufferedInputStream(socket.getInputStream(), 4096);
        }
        String head =
            "POST "
                + to.path()
                + " HTTP/1.1\r\nHost: "
                + address.getAuthority()
                + "\r\nContent-Type: "
                + to.mediaType()
                + "\r\nContent-Encoding: gzip\r\n"
                + "Content-Length: "
                + body.length
                + "\r\n\r\n";
        byte[] text = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(text, text.length + body.length);
        System.arraycopy(body, 0, all, text.length, body.length);
        OutputStream out = socket.getOutputStream();
        out.write(all);
        return answer();
      } catch (IOException e) {
        close();
        return 0;
      }
    }

    private int answer() throws IOException {
      String status = line();
      int code = status.length() > 12 ? Integer.parseInt(status.substring(9, 12)) : 0;
      int length = 0;
      boolean closes = code == 0;
      for (String line = line(); !line.isEmpty(); line = line()) {
        String lower = line.toLowerCase(java.util.Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
        closes |= lower.startsWith("connection: close");
      }
      in.skipNBytes(length);
      if (closes) {
        close();
      }
      return code;
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the connection was closed");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // It is not used any more either way.
      }
    }
  }
}
