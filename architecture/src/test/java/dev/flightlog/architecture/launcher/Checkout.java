package dev.flightlog.architecture.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A checkout with the real launcher and the real build scripts, whose program is so small that
 * Maven's part (compile and pack) is done in advance: {@code mvn} on its PATH is a script that puts
 * the jar where the POM would.
 */
final class Checkout {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Tells how it was started, and stays until its input ends when it is a server. */
  private static final String PROGRAM =
      """
      package dev.flightlog.cli;

      public class Main {
        public static void main(String[] words) throws Exception {
          long heap = Runtime.getRuntime().maxMemory() >> 20;
          System.out.println("heap " + heap + " words " + String.join("|", words));
          System.out.println("cache " + java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments()
              .stream().filter(option -> option.startsWith("-XX:AOTCache=")).map(option -> option.substring(13)).findAny().orElse(null));
          System.out.println("class path " + System.getProperty("java.class.path"));
          System.out.println("exists " + java.nio.file.Files.exists(java.nio.file.Path.of(words[words.length - 1])));
          System.out.flush();
          if (String.join(" ", words).startsWith("serve")) {
            System.in.read();
            System.out.println(Class.forName("dev.flightlog.cli.Late").getSimpleName());
          }
        }
      }

      class Late {}
      """;

  private final Path root;
  private final Path tools;
  private final Map<String, String> environment;

  Checkout(Path root, Path work) throws IOException {
    this.root = root;
    this.tools = Files.createDirectories(work.resolve("tools"));
    this.environment = new java.util.HashMap<>(Map.of("HOME", work.toString()));
    environment.put("PATH", tools + ":" + System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    Files.createDirectories(root.resolve("build"));
    copy(ROOT.resolve("flightlog"), root.resolve("flightlog"));
    try (Stream<Path> scripts = Files.list(ROOT.resolve("build"))) {
      for (Path script : scripts.filter(Files::isRegularFile).toList()) {
        copy(script, root.resolve("build").resolve(String.valueOf(script.getFileName())));
      }
    }
    write("pom.xml", "<project><modules>\n<module>cli</module>\n</modules></project>\n");
    write("cli/pom.xml", "<project/>\n");
    write("cli/src/main/java/dev/flightlog/cli/Main.java", PROGRAM);
    write("cli/src/test/java/MainTest.java", "class MainTest {}\n");
    write("README.md", "read me\n");
    // Quick starts take longer to prepare than all else that a test does; who is about them trains.
    write("build/train.sh", "#!/bin/sh\n");
    packed(work);
    mavenWorks();
  }

  private void packed(Path work) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    String source = root.resolve("cli/src/main/java/dev/flightlog/cli/Main.java").toString();
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), source))
        .isZero();
    Path lib = Files.createDirectories(work.resolve("lib"));
    Path jar = Path.of(System.getProperty("java.home"), "bin", "jar");
    Ran ran =
        run(
            work,
            List.of(
                jar.toString(),
                "-c",
                "-f",
                lib.resolve("flightlog-cli.jar").toString(),
                "-C",
                classes.toString(),
                "."));
    assertThat(ran.code()).isZero();
  }

  /** From now on Maven does its part. */
  void mavenWorks() throws IOException {
    maven(
        """
        while [ $# -gt 0 ]; do [ "$1" = -f ] && folder=$(dirname "$2"); shift; done
        echo "[INFO] Building flightlog-cli 0.1.0                       [1/1]"
        mkdir -p "$folder/cli/target/app"
        cp -R "$HOME/lib" "$folder/cli/target/app/lib"
        """);
  }

  /** From now on Maven does what the script does. */
  void maven(String script) throws IOException {
    tool("mvn", script);
  }

  /** From now on a tool does what the script does. */
  void tool(String name, String script) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Sets or, with an empty value, takes away a variable of the environment. */
  Checkout with(String variable, String value) {
    if (value.isEmpty()) {
      environment.remove(variable);
    } else {
      environment.put(variable, value);
    }
    return this;
  }

  /** The finished builds, by name. */
  List<String> builds() throws IOException {
    try (Stream<Path> all = Files.list(root.resolve(".builds"))) {
      return all.filter(folder -> Files.exists(folder.resolve("ready")))
          .map(folder -> String.valueOf(folder.getFileName()))
          .sorted()
          .toList();
    }
  }

  /** The folder of the only finished build. */
  Path build() throws IOException {
    List<String> builds = builds();
    assertThat(builds).hasSize(1);
    return root.resolve(".builds").resolve(builds.getFirst());
  }

  /** What a process said, and its exit code. */
  record Ran(int code, String text) {}

  /** Runs the launcher to its end. */
  Ran flightlog(String... words) throws IOException {
    return run(root, command(words));
  }

  /** Starts the launcher; what it says goes into one stream. */
  Process start(String... words) throws IOException {
    return builder(root, command(words)).start();
  }

  List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of(root.resolve("flightlog").toString()));
    command.addAll(List.of(words));
    return command;
  }

  Ran run(Path folder, List<String> command) throws IOException {
    Process process = builder(folder, command).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), "UTF-8");
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return new Ran(process.exitValue(), text);
  }

  private ProcessBuilder builder(Path folder, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
  }
}
