package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program with a module descriptor needs nothing but the two modules. */
class ModularUserTest {
  private static final String MODULE = "module user { requires dev.flightlog.recorder; }";
  private static final String PROGRAM =
      """
      package user;

      import dev.flightlog.event.Category;
      import dev.flightlog.recorder.FlightRecorder;
      import dev.flightlog.recorder.RecorderConfig;
      import java.nio.file.Path;
      import java.util.Map;

      public class Main {
        public static void main(String[] arguments) {
          RecorderConfig config = RecorderConfig.at(Path.of(arguments[0]));
          try (FlightRecorder recorder = FlightRecorder.open(config)) {
            recorder.event("modular", Category.EXECUTION).details(Map.of("n", 1)).log();
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void aModularProgramIsCompiledWithAllWarningsAndRunsOnEachJavaOfThisMachine() throws Exception {
    String modules = module("event", Event.class, "") + File.pathSeparator;
    modules += module("recorder", FlightRecorder.class, modules);
    Path sources = Files.createDirectories(folder.resolve("src/user"));
    Path descriptor = Files.writeString(folder.resolve("src/module-info.java"), MODULE);
    Path program = Files.writeString(sources.resolve("Main.java"), PROGRAM);
    List<Path> javas = new ArrayList<>(List.of(Child.currentJava()));
    Path java17 = Child.java17();
    if (java17 == null) {
      System.out.println("NOT TESTED on Java 17: there is none on this machine");
    } else {
      javas.add(java17);
    }
    for (Path java : javas) {
      Path out = folder.resolve("out" + javas.indexOf(java));
      Path base = folder.resolve("base" + javas.indexOf(java));
      Path javac = java.resolveSibling("javac");
      if (!Files.exists(javac)) {
        javac = Child.currentJava().resolveSibling("javac");
      }
      List<String> options = List.of("--release", "17", "-Xlint:all,-options", "-Werror");
      runs(
          javac,
          options,
          "-p",
          modules,
          "-d",
          out.toString(),
          descriptor.toString(),
          program.toString());
      runs(
          java,
          List.of("-p", modules + File.pathSeparator + out, "-m", "user/user.Main"),
          base.toString());
      assertThat(Lines.of(base)).hasSize(1);
    }
  }

  /** The classes as they were built; where they were built without a descriptor, built again. */
  private String module(String room, Class<?> one, String modules) throws Exception {
    Path classes = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isRegularFile(classes) || Files.exists(classes.resolve("module-info.class"))) {
      return classes.toString();
    }
    Path out = folder.resolve(room);
    Path annotations =
        Path.of(NullMarked.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> options = new ArrayList<>(List.of("--release", "17", "-d", out.toString(), "-p"));
    options.add(modules + annotations);
    runs(
        Child.currentJava().resolveSibling("javac"),
        options,
        files(Path.of("..", room, "src/main/java"), ".java"));
    Path resources = Path.of("..", room, "src/main/resources");
    for (String resource : files(resources, ".tsv")) {
      Path to = out.resolve(resources.relativize(Path.of(resource)));
      Files.createDirectories(to.getParent());
      Files.copy(Path.of(resource), to);
    }
    return out.toString();
  }

  private static String[] files(Path below, String suffix) throws IOException {
    if (!Files.isDirectory(below)) {
      return new String[0];
    }
    try (Stream<Path> all = Files.walk(below)) {
      return all.map(Path::toString).filter(name -> name.endsWith(suffix)).toArray(String[]::new);
    }
  }

  private void runs(Path tool, List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(options);
    command.addAll(List.of(arguments));
    File messages = folder.resolve("messages").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(messages).start();
    assertThat(process.waitFor()).as(Files.readString(messages.toPath())).isZero();
  }
}
