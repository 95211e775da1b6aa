package dev.flightlog.architecture.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rooms of libraries as modules, and tools of Java on them; in a folder of its own. */
final class Built {
  private final Path folder;
  private final List<String> modules = new ArrayList<>();

  Built(Path folder) {
    this.folder = folder;
  }

  /** The modules added so far, as a path for classes or for modules. */
  String path() {
    return String.join(File.pathSeparator, modules);
  }

  /** Adds what a class comes from. */
  Built jar(Class<?> one) throws Exception {
    modules.add(location(one).toString());
    return this;
  }

  /** Adds a room as it was built; where it was built without a descriptor, built again. */
  Built room(String room, Class<?> one) throws Exception {
    Path classes = location(one);
    if (!Files.isRegularFile(classes) && !Files.exists(classes.resolve("module-info.class"))) {
      classes = compiled(room);
    }
    modules.add(classes.toString());
    return this;
  }

  private static Path location(Class<?> one) throws Exception {
    return Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private Path compiled(String room) throws Exception {
    Path out = folder.resolve("rooms").resolve(room);
    String path = path() + File.pathSeparator + location(NullMarked.class);
    List<String> options = new ArrayList<>(List.of("-d", out.toString(), "-p", path));
    options.addAll(files(Path.of("..", room, "src/main/java"), ".java"));
    compile(options);
    Path resources = Path.of("..", room, "src/main/resources");
    for (String resource : files(resources, "")) {
      Path to = out.resolve(resources.relativize(Path.of(resource)));
      Files.createDirectories(to.getParent());
      Files.copy(Path.of(resource), to);
    }
    return out;
  }

  private static List<String> files(Path below, String suffix) throws IOException {
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile)
          .map(Path::toString)
          .filter(name -> name.endsWith(suffix))
          .toList();
    }
  }

  /** Compiles a program with all warnings; as a module, which the class path does not mind. */
  Path program(String name, String descriptor, String source) throws Exception {
    Path sources = Files.createDirectories(folder.resolve(name).resolve("user"));
    Path out = folder.resolve(name + "-classes");
    Path module = Files.writeString(sources.resolveSibling("module-info.java"), descriptor);
    Path program = Files.writeString(sources.resolve("Main.java"), source);
    List<String> options =
        new ArrayList<>(List.of("-Xlint:all,-options,-path", "-Werror", "-p", path()));
    options.addAll(List.of("-d", out.toString(), module.toString(), program.toString()));
    compile(options);
    return out;
  }

  private static void compile(List<String> options) {
    List<String> all = new ArrayList<>(List.of("--release", "17", "-proc:none"));
    all.addAll(options);
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertThat(javac.run(out, out, all.toArray(String[]::new))).as("javac: %s", messages).isZero();
  }

  static Path currentJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Each Java on this machine that the libraries are for: this one, and a 17 if there is one. */
  static List<Path> javas() throws IOException {
    List<Path> homes = new ArrayList<>();
    for (String name : List.of("JAVA17_HOME", "JAVA_HOME_17_X64", "JAVA_17_HOME")) {
      if (System.getenv(name) != null) {
        homes.add(Path.of(System.getenv(name)));
      }
    }
    for (String below : List.of("/usr/lib/jvm", "/opt/java", "/Library/Java/JavaVirtualMachines")) {
      File[] found = new File(below).listFiles();
      for (File home : found == null ? new File[0] : found) {
        homes.add(home.toPath());
        homes.add(home.toPath().resolve("Contents/Home"));
      }
    }
    for (Path home : homes) {
      Path release = home.resolve("release");
      Path java = home.resolve("bin/java");
      if (Files.isRegularFile(release)
          && Files.readString(release).contains("JAVA_VERSION=\"17")
          && Files.isExecutable(java)) {
        return List.of(currentJava(), java);
      }
    }
    System.out.println("NOT TESTED on Java 17: there is none on this machine");
    return List.of(currentJava());
  }

  /** Runs a program to its end, which must be a good one. */
  void runs(List<String> command) throws Exception {
    File messages = Files.createTempFile(folder, "messages", ".txt").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(messages).start();
    assertThat(process.waitFor())
        .as("%s: %s", command, Files.readString(messages.toPath()))
        .isZero();
  }
}
