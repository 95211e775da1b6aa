package dev.flightlog.cli.chaos;

import dev.flightlog.tasks.queue.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs everything on one home while one fault after the other comes, and looks at what is left:
 * {@code FOLDER MOUNT SECONDS SEED CLOCKS}. Mount is the home's own file system, or a hyphen for
 * none. Prints what it saw; exits with 1 when something was lost, was done twice, or stays broken.
 */
final class Chaos implements AutoCloseable {
  /** How long anything may stay broken after the last fault. */
  private static final Duration HEALING = Duration.ofSeconds(30);

  /** How long the tasks may take that wait then, one after the other, on a slow machine. */
  private static final Duration CATCHING_UP = Duration.ofMinutes(5);

  private static final Duration STARTING = Duration.ofSeconds(90);

  private final boolean clocks;
  private final Optional<Disk> disk;
  private final Random random;
  private final RedisServer redis;
  private final Proxy network;
  private final Programs programs;
  private final Supervised server;
  private final Supervised worker;
  private final Supervised recorder;
  private final Sender sender;
  private final Importing importing;
  private final Sizes sizes = new Sizes();
  private final Set<String> recorded = ConcurrentHashMap.newKeySet();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private int agentsKilled;

  private Chaos(Path folder, Optional<Path> mount, long seed, boolean clocks)
      throws IOException, InterruptedException {
    this.clocks = clocks && Programs.clocksCanBeSet();
    disk = mount.map(Disk::new);
    if (disk.isPresent()) {
      disk.get().prepare();
    }
    random = new Random(seed);
    redis = RedisServer.start(Files.createDirectory(folder.resolve("redis")));
    network = new Proxy(URI.create(redis.address()).getPort());
    programs =
        new Programs(folder, mount.orElse(folder).resolve("ein Home für alles"), network.port());
    server = new Supervised("serve", programs::server, line -> {}, programs.errors("serve"));
    worker =
        new Supervised(
            "worker", () -> programs.worker(this.clocks), line -> {}, programs.errors("worker"));
    recorder =
        new Supervised(
            "record", () -> programs.recorder("host"), recorded::add, programs.errors("record"));
    sender = new Sender(programs.address(), programs::succeeded);
    importing = new Importing(folder, programs);
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Optional<Path> mount =
        arguments[1].equals("-") ? Optional.empty() : Optional.of(Path.of(arguments[1]));
    try (Chaos chaos =
        new Chaos(
            folder, mount, Long.parseLong(arguments[3]), Boolean.parseBoolean(arguments[4]))) {
      // Whoever ends this process ends the others.
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(chaos::close));
      chaos.rage(Duration.ofSeconds(Long.parseLong(arguments[2])));
      List<String> wrong = chaos.judge();
      wrong.forEach(each -> System.out.println("WRONG " + each));
      if (!wrong.isEmpty()) {
        List.of(chaos.server, chaos.worker, chaos.recorder)
            .forEach(each -> System.out.println(each.messages()));
      }
      return wrong.isEmpty() ? 0 : 1;
    }
  }

  private void rage(Duration time) throws Exception {
    if (!within(STARTING, () -> sender.ask("health/ready"))) {
      throw new IllegalStateException("the server is not ready: " + server.messages());
    }
    sender.start();
    importing.start();
    long end = System.nanoTime() + time.toNanos();
    Deque<Fault> next = new ArrayDeque<>();
    boolean brief = time.toSeconds() <= 90;
    // Every fault at least once.
    while (System.nanoTime() < end || (faults.size() < kinds().size() && !next.isEmpty())) {
      if (next.isEmpty()) {
        List<Fault> round = kinds();
        Collections.shuffle(round, random);
        next.addAll(round);
      }
      Fault fault = next.pop();
      faults.merge(fault, 1, Integer::sum);
      apply(fault);
      watch(500 + random.nextInt(brief ? 1000 : 6000));
    }
  }

  private List<Fault> kinds() {
    List<Fault> kinds = new ArrayList<>(Arrays.asList(Fault.values()));
    kinds.removeIf(each -> each.ofDisk() && disk.isEmpty() || each.ofClock() && !clocks);
    return kinds;
  }

  private void apply(Fault fault) throws Exception {
    switch (fault) {
      case REDIS_KILLED -> {
        redis.kill();
        watch(random.nextInt(2000));
        redis.startAgain();
      }
      case REDIS_EMPTIED -> redis.flush();
      case REDIS_REPLICA -> {
        redis.replicaOf("127.0.0.1", "1");
        watch(random.nextInt(2000));
        redis.replicaOf("NO", "ONE");
      }
      case NETWORK_CUT, NETWORK_HANGS -> {
        if (fault == Fault.NETWORK_CUT) {
          network.cut();
        } else {
          network.hang();
        }
        watch(500 + random.nextInt(2500));
        network.heal();
      }
      case DISK_FULL -> {
        disk.orElseThrow().fill();
        if (random.nextBoolean()) {
          (random.nextBoolean() ? server : worker).kill();
        }
        watch(500 + random.nextInt(2500));
        disk.orElseThrow().free();
      }
      case DISK_READ_ONLY -> {
        disk.orElseThrow().lock();
        if (random.nextBoolean()) {
          (random.nextBoolean() ? server : worker).kill();
        }
        watch(500 + random.nextInt(2500));
        disk.orElseThrow().unlock();
      }
      case SERVER_KILLED -> server.kill();
      case WORKER_KILLED -> worker.kill();
      case AGENT_KILLED -> agentsKilled += programs.killAgent() ? 1 : 0;
      case RECORDER_KILLED -> recorder.kill();
      case IMPORTER_KILLED -> importing.kill();
      case CLOCK_AHEAD -> programs.clock("+1h");
      case CLOCK_BEHIND -> programs.clock("-1h");
    }
  }

  /** Time passes, and sizes are looked at. */
  private void watch(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      for (Supervised each : List.of(server, worker, recorder)) {
        Process process = each.process();
        if (process != null) {
          sizes.look(each.name, process.pid());
        }
      }
      Pause.millis(Math.min(1000, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
    }
  }

  private List<String> judge() throws Exception {
    final long quiet = System.nanoTime();
    List<String> wrong = new ArrayList<>();
    sender.stop(HEALING);
    boolean ready = within(HEALING, () -> sender.ask("health/ready"));
    wrong.addAll(
        unless(ready, "the server is not ready: " + (ready ? "" : sender.told("health/ready"))));
    wrong.addAll(unless(sender.ask("api/ask/errors"), "a question is not answered"));
    int answered = sender.answered().size();
    int before = programs.tasks("succeeded").size();
    boolean goesOn =
        within(HEALING, () -> programs.tasks("succeeded").size() > before || before >= answered);
    System.out.printf(
        "everything works again after %d s, when %d tasks wait%n",
        seconds(quiet), answered - programs.tasks("succeeded").size());
    wrong.addAll(unless(goesOn, "no task ends any more"));
    boolean done = within(CATCHING_UP, () -> programs.tasks("succeeded").size() >= answered);
    System.out.println("all tasks have ended after " + seconds(quiet) + " s");
    int succeeded = programs.tasks("succeeded").size();
    int all = programs.tasks("").size();
    wrong.addAll(
        unless(
            done && succeeded == answered && all == answered,
            answered + " deliveries answered, " + all + " tasks, " + succeeded + " succeeded"));
    runs(answered, wrong);
    importing.stop();
    sizes.grown().forEach(each -> wrong.add("it grows: " + each));
    List.of(recorder, worker, server).forEach(Supervised::close);
    // The server held the index for itself.
    int exit = importing.importAll();
    wrong.addAll(
        unless(
            exit == 0,
            "the last import exits with " + exit + ": " + last(programs.errors("import"))));
    events(wrong);
    doctor(wrong);
    System.out.printf(
        "%d deliveries, %d acknowledged events, %d imported lines, %s%n",
        answered, recorded.size(), importing.written().size(), sender.questions());
    System.out.println("faults " + faults + ", imports killed " + importing.kills());
    System.out.println(sizes.most());
    return wrong;
  }

  private static long seconds(long since) {
    return (System.nanoTime() - since) / 1_000_000_000;
  }

  /** An agent runs again only when it, or its worker, was killed under it. */
  private void runs(int answered, List<String> wrong) throws IOException {
    List<String> runs = programs.runs();
    int once = Set.copyOf(runs).size();
    int kills =
        faults.getOrDefault(Fault.WORKER_KILLED, 0)
            + faults.getOrDefault(Fault.DISK_FULL, 0)
            + faults.getOrDefault(Fault.DISK_READ_ONLY, 0);
    wrong.addAll(unless(once == answered, once + " tasks of " + answered + " were run"));
    int again = runs.size() - once;
    wrong.addAll(
        unless(
            again <= 4 * kills + agentsKilled,
            again + " runs again after " + kills + " kills of the worker"));
    System.out.println(
        again
            + " runs again after "
            + kills
            + " kills of the worker and "
            + agentsKilled
            + " of agents");
  }

  /** Every acknowledged event and every imported line is there, once. */
  private void events(List<String> wrong) throws IOException, InterruptedException {
    String rows =
        programs.output(
            "sql",
            "SELECT coalesce(json_extract(details, '$.key'), json_extract(details, '$.line.key')) k,"
                + " count(*) n FROM events GROUP BY k HAVING k IS NOT NULL",
            "--format",
            "csv");
    Map<String, Integer> found = new java.util.HashMap<>();
    rows.lines()
        .skip(1)
        .map(line -> line.split(","))
        .forEach(cells -> found.put(cells[0], Integer.valueOf(cells[1])));
    for (Set<String> expected : List.of(recorded, importing.written())) {
      List<String> lost = expected.stream().filter(key -> !found.containsKey(key)).toList();
      List<String> twice = expected.stream().filter(key -> found.getOrDefault(key, 1) > 1).toList();
      wrong.addAll(unless(lost.isEmpty(), "lost " + lost.size() + ": " + first(lost)));
      wrong.addAll(unless(twice.isEmpty(), "twice " + twice.size() + ": " + first(twice)));
    }
  }

  private void doctor(List<String> wrong) throws IOException, InterruptedException {
    // The file system is small; drops of a full disk are told, and no fault.
    programs
        .output("doctor", "--format", "csv")
        .lines()
        .filter(line -> line.contains(",false,"))
        .filter(line -> !line.startsWith("space,") && !line.startsWith("accounting,"))
        .forEach(line -> wrong.add("doctor: " + line));
  }

  private static String last(Path messages) throws IOException {
    List<String> lines = Files.readAllLines(messages);
    return lines.isEmpty() ? "no message" : lines.getLast();
  }

  private static List<String> first(List<String> some) {
    return some.subList(0, Math.min(5, some.size()));
  }

  private static List<String> unless(boolean right, String wrong) {
    return right ? List.of() : List.of(wrong);
  }

  /** What may come true. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static boolean within(Duration time, Condition condition) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Pause.millis(200);
    }
    return true;
  }

  @Override
  public void close() {
    List.of(recorder, worker, server).forEach(Supervised::close);
    importing.close();
    sender.close();
    redis.close();
    try {
      network.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
