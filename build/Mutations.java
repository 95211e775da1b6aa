import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Breaks one promise after the other and looks whether a test notices: see {@code build/mutations}.
 * Arguments: the checkout, the list, a file with the class path, the first and the last promise.
 *
 * <p>The tests of a room run in one process, each time with classes loaded anew; a process that
 * does not answer in time is ended, which counts as noticed, and the next one goes on.
 */
class Mutations {
  record Edit(int number, String room, String source, String test, String line, String broken) {
    String named() {
      return number + " " + room + " " + source + ": " + line.strip() + "  ->  " + broken.strip();
    }
  }

  enum Outcome {
    DIED,
    SURVIVED,
    /** The list does not fit the sources, or the edit does not compile. */
    STALE
  }

  /** One run of a test class, in the process of its room; the patch is empty for none. */
  record Run(int number, String test, String patch) {}

  static final int SECONDS = Integer.getInteger("seconds", 240);

  /** After so many the process is replaced, for the sake of its memory. */
  static final int MOST_RUNS = 25;

  /** Stands before what a process tells; the rest is what its tests print. */
  static final String TOLD = "\u0001told ";

  static final String PASSED = "passed";
  static final String ENDED = "its process ended";

  static Path root;
  static String classPath;
  static Path work;

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("run")) {
      runTests(Path.of(arguments[1]), Files.readString(Path.of(arguments[2])).strip());
      return;
    }
    root = Path.of(arguments[0]).toRealPath();
    classPath = Files.readString(Path.of(arguments[2])).strip();
    work = Files.createTempDirectory("mutations");
    List<Edit> edits = read(Path.of(arguments[1]));
    int from = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
    int to = arguments.length > 4 ? Integer.parseInt(arguments[4]) : edits.size();
    List<Edit> chosen = edits.stream().filter(e -> e.number >= from && e.number <= to).toList();
    Map<Outcome, Integer> counts = new TreeMap<>();
    Map<Path, List<Run>> byRoom = new LinkedHashMap<>();
    Map<Integer, Edit> byNumber = new TreeMap<>();
    for (Edit edit : chosen) {
      Path test = findTest(edit.room, edit.test);
      String patch = broken(edit);
      if (patch == null) {
        tell(counts, Outcome.STALE, edit);
        continue;
      }
      String[] parts = root.relativize(test).toString().split("/src/test/java/");
      String name = parts[1].replace(".java", "").replace('/', '.');
      List<Run> runs = byRoom.computeIfAbsent(root.resolve(parts[0]), _ -> new ArrayList<>());
      if (runs.stream().noneMatch(run -> run.test.equals(name) && run.number == 0)) {
        runs.add(new Run(0, name, ""));
      }
      runs.add(new Run(edit.number, name, patch));
      byNumber.put(edit.number, edit);
    }
    boolean sound = true;
    for (Map.Entry<Path, List<Run>> room : byRoom.entrySet()) {
      sound &=
          each(
              room.getKey(),
              room.getValue(),
              (run, result) -> {
                boolean passed = result.equals(PASSED);
                if (run.number > 0) {
                  Outcome outcome = passed ? Outcome.SURVIVED : Outcome.DIED;
                  tell(counts, outcome, byNumber.get(run.number));
                }
                if (!passed) {
                  String who = run.number > 0 ? "     noticed: " : "FAILS WITHOUT ANY CHANGE ";
                  System.out.println(who + run.test.replaceAll(".*\\.", "") + " " + result);
                }
                return passed || run.number > 0;
              });
    }
    System.out.println(chosen.size() + " promises: " + counts);
    int died = counts.getOrDefault(Outcome.DIED, 0);
    System.exit(!sound ? 2 : died * 100 >= chosen.size() * 95 ? 0 : 1);
  }

  static void tell(Map<Outcome, Integer> counts, Outcome outcome, Edit edit) {
    counts.merge(outcome, 1, Integer::sum);
    System.out.println(outcome + " " + edit.named());
  }

  static List<Edit> read(Path list) throws IOException {
    List<Edit> edits = new ArrayList<>();
    String[] head = null;
    String line = null;
    for (String each : Files.readAllLines(list)) {
      if (each.startsWith("- ")) {
        line = each.substring(2);
      } else if (each.startsWith("+ ")) {
        edits.add(new Edit(edits.size() + 1, head[0], head[1], head[2], line, each.substring(2)));
      } else if (!each.isBlank() && !each.startsWith("#")) {
        head = each.split(" ");
      }
    }
    return edits;
  }

  /** The folder of the classes with this edit; null when it does not fit or does not compile. */
  static String broken(Edit edit) throws IOException {
    Path file = find(edit.room + "/src/main/java", edit.source + ".java");
    String text = Files.readString(file);
    if (text.indexOf(edit.line) < 0 || text.indexOf(edit.line) != text.lastIndexOf(edit.line)) {
      return null;
    }
    Path patch = Files.createTempDirectory(work, "edit");
    String relative = root.resolve(edit.room + "/src/main/java").relativize(file).toString();
    Path changed = patch.resolve("source").resolve(relative);
    Files.createDirectories(changed.getParent());
    Files.writeString(changed, text.replace(edit.line, edit.broken));
    // Who names it may have taken over constants of it.
    List<Path> sources = new ArrayList<>(List.of(changed));
    Pattern name = Pattern.compile("\\b" + edit.source + "\\b");
    try (Stream<Path> files = Files.walk(root.resolve(edit.room + "/src/main/java"))) {
      for (Path each : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        if (!each.equals(file)
            && !each.endsWith("module-info.java")
            && name.matcher(Files.readString(each)).find()) {
          sources.add(each);
        }
      }
    }
    Path classes = Files.createDirectory(patch.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-nowarn", "-parameters", "-cp", classPath, "-d", classes.toString());
    try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
      var units = files.getJavaFileObjects(sources.toArray(Path[]::new));
      if (!compiler.getTask(messages, files, null, options, null, units).call()) {
        System.out.println(messages);
        return null;
      }
    }
    return classes.toString();
  }

  /** Judges each of these runs, in processes that begin in the folder of the room. */
  static boolean each(Path room, List<Run> runs, BiPredicate<Run, String> judge) throws Exception {
    boolean sound = true;
    int done = 0;
    while (done < runs.size()) {
      List<Run> left = runs.subList(done, Math.min(runs.size(), done + MOST_RUNS));
      Path list = Files.createTempFile(work, "runs", ".txt");
      Files.write(list, left.stream().map(run -> run.test + " " + run.patch).toList());
      Path all = Files.writeString(Files.createTempFile(work, "class-path", ".txt"), classPath);
      Process process = started(room, list, all);
      BlockingQueue<String> told = new LinkedBlockingQueue<>();
      Thread reader = Thread.ofVirtual().start(() -> read(process, told));
      for (Run run : left) {
        String result = told.poll(SECONDS, TimeUnit.SECONDS);
        done++;
        sound &= judge.test(run, result == null ? "did not end in " + SECONDS + " s" : result);
        if (result == null || result.equals(ENDED)) {
          break;
        }
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      reader.join();
    }
    return sound;
  }

  static Process started(Path room, Path list, Path all) throws IOException {
    // What is broken must be loaded anew each time; the libraries need not.
    List<String> libraries =
        Stream.of(classPath.split(File.pathSeparator))
            .filter(each -> each.endsWith(".jar"))
            .toList();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dslf4j.provider=org.slf4j.jul.JULServiceProvider",
            "-Djava.io.tmpdir=" + work,
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            String.join(File.pathSeparator, libraries),
            root.resolve("build/Mutations.java").toString(),
            "run",
            list.toString(),
            all.toString())
        .directory(room.toFile())
        .redirectErrorStream(true)
        .start();
  }

  static void read(Process process, BlockingQueue<String> told) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int at = line.indexOf(TOLD);
        if (at >= 0) {
          told.add(line.substring(at + TOLD.length()));
        }
      }
    } catch (IOException ended) {
      // As at the end.
    }
    told.add(ENDED);
  }

  /** In the process of a room. */
  static void runTests(Path list, String all) throws Exception {
    PrintStream out = System.out;
    Launcher launcher = LauncherFactory.create();
    for (String each : Files.readAllLines(list)) {
      String[] words = each.split(" ");
      String path = words.length > 1 ? words[1] + File.pathSeparator + all : all;
      // Tests start processes of their own with it.
      System.setProperty("java.class.path", path);
      String result = result(launcher, words[0], path);
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      out.println();
      out.println(TOLD + result);
      out.flush();
    }
    Runtime.getRuntime().halt(0);
  }

  /** That it passed, or which test failed first, and why. */
  static String result(Launcher launcher, String test, String path) throws Exception {
    List<URL> folders = new ArrayList<>();
    for (String each : path.split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(each))) {
        folders.add(Path.of(each).toUri().toURL());
      }
    }
    try (URLClassLoader classes =
        new URLClassLoader(folders.toArray(URL[]::new), Mutations.class.getClassLoader())) {
      Thread.currentThread().setContextClassLoader(classes);
      LauncherDiscoveryRequest tests =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClass(classes.loadClass(test)))
              .build();
      CancellationToken cancellation = CancellationToken.create();
      List<String> failures = new CopyOnWriteArrayList<>();
      AtomicInteger passed = new AtomicInteger();
      TestExecutionListener listener =
          new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier id, TestExecutionResult result) {
              if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                String why = result.getThrowable().map(String::valueOf).orElse("");
                String line = why.replaceAll("\\s+", " ");
                failures.add(
                    id.getDisplayName() + ": " + line.substring(0, Math.min(150, line.length())));
                cancellation.cancel();
              } else if (id.isTest()) {
                passed.incrementAndGet();
              }
            }
          };
      launcher.execute(
          LauncherExecutionRequestBuilder.request(tests)
              .listeners(listener)
              .cancellationToken(cancellation)
              .build());
      return !failures.isEmpty() ? failures.getFirst() : passed.get() > 0 ? PASSED : "no test ran";
    }
  }

  static Path findTest(String room, String test) throws IOException {
    try {
      return find(room + "/src/test/java", test + ".java");
    } catch (IllegalArgumentException elsewhere) {
      for (String each : List.of("cli", "server", "home", "worker", "tasks", "webhooks")) {
        try {
          return find(each + "/src/test/java", test + ".java");
        } catch (IllegalArgumentException notThere) {
          continue;
        }
      }
      throw elsewhere;
    }
  }

  static Path find(String folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      return files
          .filter(each -> each.getFileName().toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no " + name + " below " + folder));
    }
  }
}
