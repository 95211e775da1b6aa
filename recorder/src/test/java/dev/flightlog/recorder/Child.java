package dev.flightlog.recorder;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs that a test starts as processes of their own, to be killed or to share a folder. */
final class Child {
  private Child() {}

  static Process java(String... arguments) throws IOException {
    return start(command(currentJava(), arguments));
  }

  static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static List<String> command(Path java, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(List.of("-Xmx128m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(classPath());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  static Path currentJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** What a child printed, to its end. */
  static List<String> lines(Process child) throws IOException {
    return child.inputReader().lines().toList();
  }

  /** A Java 17 on this machine, or null. */
  static @Nullable Path java17() throws IOException {
    List<Path> homes = new ArrayList<>();
    for (String name : List.of("JAVA17_HOME", "JAVA_HOME_17_X64", "JAVA_17_HOME")) {
      if (System.getenv(name) != null) {
        homes.add(Path.of(System.getenv(name)));
      }
    }
    for (String folder :
        List.of("/usr/lib/jvm", "/opt/java", "/Library/Java/JavaVirtualMachines")) {
      File[] found = new File(folder).listFiles();
      for (File home : found == null ? new File[0] : found) {
        homes.add(home.toPath());
        homes.add(home.toPath().resolve("Contents/Home"));
      }
    }
    for (Path home : homes) {
      Path release = home.resolve("release");
      if (Files.isRegularFile(release)
          && Files.readString(release).contains("JAVA_VERSION=\"17")
          && Files.isExecutable(home.resolve("bin/java"))) {
        return home.resolve("bin/java");
      }
    }
    return null;
  }
}
