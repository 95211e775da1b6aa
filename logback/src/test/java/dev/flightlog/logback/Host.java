package dev.flightlog.logback;

import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that logs in one run: {@code Host FOLDER NAME ENTRIES}. It tells each entry that was
 * logged, and ends when its standard input does.
 */
final class Host {
  private Host() {}

  public static void main(String[] arguments) throws IOException {
    try (Configured logback = new Configured(Path.of(arguments[0]), "")) {
      logback.at("shared", "1");
      Logger logger = logback.logger("a.Worker");
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        logger.atInfo().addKeyValue("n", i).log("{} {}", arguments[1], i);
        System.out.println(i);
        System.out.flush();
      }
      System.in.readAllBytes();
      System.err.println(logback.problems());
    }
  }

  static List<String> command(Path folder, String name, int entries) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Host.class.getName(),
            folder.toString(),
            name,
            Integer.toString(entries)));
  }
}
