package dev.flightlog.forwarding;

import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.forwarding.JournalTail.Stretch;
import dev.flightlog.forwarding.Target.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Sends what journals hold, one request at a time, and remembers on disk how far. A receiver that
 * is down or slow makes it wait, ever longer up to a minute; nothing is held in memory meanwhile.
 * What a receiver will never take is kept in {@code forwarding-refused.jsonl}, and told. Belongs to
 * one thread; {@link #status} may be asked by any.
 */
public final class Forwarder implements AutoCloseable {
  /** The name of the file, in the home, with the positions. */
  public static final String POSITIONS = "forwarding.json";

  private static final String REFUSED = "forwarding-refused.jsonl";
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int ANSWER_BYTES = 1 << 20;

  private final Target target;
  private final JournalTail tail;
  private final Path home;
  private final Positions positions;
  private final Consumer<String> messages;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private volatile Status status = new Status(0, 0, "");
  private Duration pause = SHORTEST;

  /**
   * How it goes.
   *
   * @param sent lines, since the start
   * @param refused of them
   * @param problem why nothing is taken now; empty when all is well
   */
  public record Status(long sent, long refused, String problem) {}

  /**
   * Opens it.
   *
   * @param journals the folder in which they are
   * @param home where the position is kept
   * @param messages is told what people should know
   * @throws IOException when positions cannot be read
   */
  public static Forwarder open(Target target, Path journals, Path home, Consumer<String> messages)
      throws IOException {
    return new Forwarder(target, journals, home, messages);
  }

  private Forwarder(Target target, Path journals, Path home, Consumer<String> messages)
      throws IOException {
    this.target = target;
    this.tail = new JournalTail(journals);
    this.home = home;
    this.messages = messages;
    this.positions = Positions.load(home.resolve(POSITIONS), target.name());
  }

  /**
   * What waits, as far as the disk tells.
   *
   * @param bytes of journals that were not sent yet
   * @param problem why nothing was taken when it was tried last; empty when all was well
   */
  public record Backlog(long bytes, String problem) {}

  /** What waits to be sent to this target; also for another process than the one that sends. */
  public static Backlog backlog(Target target, Path journals, Path home) throws IOException {
    Positions positions = Positions.load(home.resolve(POSITIONS), target.name());
    return new Backlog(new JournalTail(journals).behind(positions), positions.problem());
  }

  public Status status() {
    return status;
  }

  /**
   * Sends all that is there now, or as much as is taken.
   *
   * @return true when nothing is left; false when it should be tried again after {@link #pause}
   * @throws IOException when journals or positions cannot be read or written
   */
  public boolean send() throws IOException, InterruptedException {
    List<Path> journals = tail.journals();
    positions.keepOnly(journals);
    for (Path journal : journals) {
      while (true) {
        Stretch stretch = tail.next(journal, positions.of(journal), target.mostLines());
        if (stretch.end() == positions.of(journal)) {
          break;
        }
        if (!stretch.lines().isEmpty() && !deliver(stretch.lines())) {
          return false;
        }
        positions.set(journal, stretch.end());
        positions.save();
      }
    }
    return true;
  }

  /** Follows the journals until the thread is interrupted. */
  public void run(Duration every) {
    try {
      while (true) {
        boolean done = false;
        try {
          done = send();
        } catch (IOException | RuntimeException e) {
          failed(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
        }
        Thread.sleep(done ? every : pause());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long to wait after something was not taken: longer each time, and never quite the same. */
  public Duration pause() {
    Duration now = pause;
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    return now.plusMillis(ThreadLocalRandom.current().nextLong(now.toMillis() / 4 + 1));
  }

  private boolean deliver(List<JournalLine> lines) throws IOException, InterruptedException {
    HttpRequest request;
    try {
      request = target.request(lines);
    } catch (RuntimeException e) {
      return refused(lines, new Answer.Refused(lines.size(), lines, "cannot be written: " + e));
    }
    HttpResponse<InputStream> response;
    byte[] body;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        body = in.readNBytes(ANSWER_BYTES);
      }
    } catch (IOException e) {
      failed("cannot reach " + target.name() + " (" + e + ")");
      return false;
    }
    return switch (target.judge(response.statusCode(), body, lines)) {
      case Answer.Taken _ -> taken(lines.size(), 0);
      case Answer.Refused refused -> refused(lines, refused);
      case Answer.Later later -> {
        failed(target.name() + " takes nothing now: " + later.reason());
        retryAfter(response);
        yield false;
      }
    };
  }

  private void retryAfter(HttpResponse<?> response) {
    String told = response.headers().firstValue("Retry-After").orElse("");
    if (told.matches("\\d{1,5}")) {
      Duration wait = Duration.ofSeconds(Long.parseLong(told));
      pause = wait.compareTo(pause) > 0 ? min(wait, Duration.ofMinutes(10)) : pause;
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private boolean taken(int sent, int refused) {
    if (!status.problem().isEmpty()) {
      messages.accept("forwarding: " + target.name() + " takes events again");
    }
    pause = SHORTEST;
    positions.problem("");
    status = new Status(status.sent() + sent - refused, status.refused() + refused, "");
    return true;
  }

  /** A request that holds one bad line is taken apart, so that only that line is refused. */
  private boolean refused(List<JournalLine> lines, Answer.Refused answer)
      throws IOException, InterruptedException {
    if (answer.count() >= lines.size() && lines.size() > 1) {
      int half = lines.size() / 2;
      return deliver(lines.subList(0, half)) && deliver(lines.subList(half, lines.size()));
    }
    for (JournalLine line : answer.which()) {
      OwnerOnly.append(
          home.resolve(REFUSED), (line.json() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    messages.accept(
        "forwarding: %s refused %d %s, %s: %s"
            .formatted(
                target.name(),
                answer.count(),
                answer.count() == 1 ? "event" : "events",
                answer.which().isEmpty() ? "without saying which" : "kept in " + REFUSED,
                answer.reason()));
    return taken(lines.size(), answer.count());
  }

  private void failed(String problem) {
    if (!problem.equals(status.problem())) {
      messages.accept("forwarding: " + problem + "; it is tried again until it works");
      positions.problem(problem);
      try {
        positions.save();
      } catch (IOException e) {
        messages.accept("forwarding: its position cannot be written (" + e + ")");
      }
    }
    status = new Status(status.sent(), status.refused(), problem);
  }

  @Override
  public void close() {
    client.close();
  }
}
