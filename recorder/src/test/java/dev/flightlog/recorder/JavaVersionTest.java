package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorder on the oldest Java it supports, and what it uses of the newest. */
class JavaVersionTest {
  @TempDir Path home;

  @Test
  void itRecordsAndRecoversOnJava17WhereThereIsOneOnThisMachine() throws Exception {
    Path java = Child.java17();
    if (java == null) {
      System.out.println("NOT TESTED on Java 17: there is none on this machine");
      assertThat(Runtime.version().feature()).isGreaterThan(17);
      return;
    }
    System.out.println("tested on Java 17: " + java);
    Process killed =
        Child.start(
            Child.command(java, Writers.class.getName(), home.toString(), "1", "8", "1000000"));
    assertThat(killed.inputReader().readLine()).isEqualTo("open");
    for (int i = 0; i < 1000; i++) {
      assertThat(killed.inputReader().readLine()).isNotEmpty();
    }
    killed.destroyForcibly().waitFor();
    Process second =
        Child.start(Child.command(java, Writers.class.getName(), home.toString(), "2", "4", "100"));
    assertThat(Child.lines(second)).hasSize(402);
    assertThat(second.waitFor()).isZero();
    assertThat(Lines.of(home, new ArrayList<>())).hasSizeGreaterThanOrEqualTo(1400);
    assertThat(home.resolve(".ring")).isEmptyDirectory();
  }

  @Test
  void forksAndVirtualThreadsInheritAScopeThatIsRunOnJava25() throws Exception {
    Path program = home.resolve("Forks.java");
    Files.writeString(program, FORKS);
    List<String> command =
        List.of(
            Child.currentJava().toString(),
            "--enable-preview",
            "--source",
            "25",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            program.toString(),
            home.resolve("base").toString());
    Process child =
        new ProcessBuilder(command).redirectError(new File(home.toFile(), "messages")).start();
    assertThat(Child.lines(child)).isEmpty();
    assertThat(child.waitFor()).as(Files.readString(home.resolve("messages"))).isZero();
    assertThat(Lines.of(home.resolve("base")))
        .hasSize(1100)
        .allMatch(line -> line.get("agent_name").asText().equals("forker"));
  }

  private static final String FORKS =
      """
      import dev.flightlog.recorder.*;
      import java.nio.file.Path;
      import java.util.concurrent.StructuredTaskScope;

      void main(String[] args) throws Exception {
        try (var recorder = FlightRecorder.open(RecorderConfig.at(Path.of(args[0])))) {
          recorder.scope().agent("forker").call(() -> {
            try (var tasks = StructuredTaskScope.open()) {
              for (int i = 0; i < 100; i++) {
                tasks.fork(() -> recorder.learning("forked").log());
              }
              tasks.join();
            }
            Runnable task = recorder.scope().wrap((Runnable) () -> recorder.learning("x").log());
            var threads = new Thread[1000];
            for (int i = 0; i < threads.length; i++) {
              threads[i] = Thread.startVirtualThread(task);
            }
            for (var thread : threads) {
              thread.join();
            }
            return null;
          });
        }
      }
      """;
}
