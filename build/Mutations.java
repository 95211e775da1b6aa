import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Breaks one promise after the other and looks whether a test notices: see {@code build/mutations}.
 * Arguments: the checkout, the list, a file with the class path, the first and the last promise.
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

  static final int SECONDS = Integer.getInteger("seconds", 240);

  static Path root;
  static String classPath;
  static Path work;

  public static void main(String[] arguments) throws Exception {
    root = Path.of(arguments[0]);
    classPath = Files.readString(Path.of(arguments[2])).strip();
    work = Files.createTempDirectory("mutations");
    List<Edit> edits = read(Path.of(arguments[1]));
    int from = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
    int to = arguments.length > 4 ? Integer.parseInt(arguments[4]) : edits.size();
    List<Edit> chosen = edits.stream().filter(e -> e.number >= from && e.number <= to).toList();
    for (String test :
        chosen.stream()
            .map(e -> e.room + " " + e.test)
            .collect(Collectors.toCollection(java.util.TreeSet::new))) {
      String[] words = test.split(" ");
      if (System.getProperty("trust") == null && !passes(words[0], words[1], null)) {
        System.out.println("FAILS WITHOUT ANY CHANGE " + test);
        System.exit(2);
      }
    }
    TreeMap<Outcome, Integer> counts = new TreeMap<>();
    for (Edit edit : chosen) {
      Outcome outcome = attempt(edit);
      counts.merge(outcome, 1, Integer::sum);
      System.out.println(outcome + " " + edit.named());
    }
    System.out.println(chosen.size() + " promises: " + counts);
    int died = counts.getOrDefault(Outcome.DIED, 0);
    System.exit(died * 100 >= chosen.size() * 95 ? 0 : 1);
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

  static Outcome attempt(Edit edit) throws Exception {
    Path file = find(edit.room + "/src/main/java", edit.source + ".java");
    String text = Files.readString(file);
    if (text.indexOf(edit.line) < 0 || text.indexOf(edit.line) != text.lastIndexOf(edit.line)) {
      return Outcome.STALE;
    }
    Path patch = Files.createTempDirectory(work, "edit");
    String relative = root.resolve(edit.room + "/src/main/java").relativize(file).toString();
    Path changed = patch.resolve("source").resolve(relative);
    Files.createDirectories(changed.getParent());
    Files.writeString(changed, text.replace(edit.line, edit.broken));
    Path classes = Files.createDirectory(patch.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-nowarn",
                      "-parameters",
                      "-cp",
                      classPath,
                      "-d",
                      classes.toString()),
                  null,
                  files.getJavaFileObjects(changed))
              .call();
      if (!compiled) {
        System.out.println(messages);
        return Outcome.STALE;
      }
    }
    return passes(edit.room, edit.test, classes) ? Outcome.SURVIVED : Outcome.DIED;
  }

  static boolean passes(String room, String test, Path patch) throws Exception {
    Path file = findTest(room, test);
    String module = root.relativize(file).toString().replaceAll("/src/test/.*", "");
    String name =
        file.toString().replaceAll(".*/src/test/java/", "").replace(".java", "").replace('/', '.');
    Path out = Files.createTempFile(work, "test", ".out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.provider=org.slf4j.jul.JULServiceProvider",
                "-Djava.io.tmpdir=" + work,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                (patch == null ? "" : patch + ":") + classPath,
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--disable-banner",
                "--details=summary",
                "--fail-if-no-tests",
                "--fail-fast",
                "-c",
                name)
            .directory(root.resolve(module).toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    if (patch == null && (!ended || process.exitValue() != 0)) {
      System.out.println(Files.readString(out));
    }
    return ended && process.exitValue() == 0;
  }

  static Path findTest(String room, String test) throws IOException {
    try {
      return find(room + "/src/test/java", test + ".java");
    } catch (IllegalArgumentException elsewhere) {
      for (String each : Set.of("cli", "server", "home", "worker", "tasks")) {
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
