package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.importer.bytes.LineStream;
import dev.flightlog.stores.memory.MemoryStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongLinesTest {
  /** How long the longest line is; {@code -Dflightlog.long.line.mib=1024} for the long version. */
  private static final int MIB = Integer.getInteger("flightlog.long.line.mib", 64);

  private static final String BEFORE =
      "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"event_type\":\"big\",\"x\":\"";

  @TempDir Path home;

  @Test
  void aLineLongerThanTheHeapIsSetAsideAndTheRestImported()
      throws IOException, InterruptedException {
    Path file = home.resolve("long.jsonl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(Desk.lines(0, 3).getBytes(StandardCharsets.UTF_8));
      out.write(BEFORE.getBytes(StandardCharsets.UTF_8));
      byte[] mib = "y".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < MIB; i++) {
        out.write(mib);
      }
      out.write(("\"}\n" + Desk.lines(3, 6)).getBytes(StandardCharsets.UTF_8));
    }
    Path log = home.resolve("child.log");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MIB > 64 ? "-Xmx256m" : "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                LongLinesTest.class.getName(),
                home.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(child.waitFor()).as(Files.readString(log)).isZero();

    assertThat(Files.readString(log))
        .contains("numbers [0, 1, 2, 3, 4, 5]")
        .contains("quarantined=1")
        .contains("\"length\":" + (BEFORE.length() + ((long) MIB << 20) + 2) + ",");
  }

  @Test
  void aLineAtTheLimitIsReadAndOneByteMoreIsNot() {
    Desk desk = new Desk(home);
    String line = Desk.line(1).strip();
    String fits = line + " ".repeat(LineStream.LONGEST - line.length()) + "\n";
    String over = line + " ".repeat(LineStream.LONGEST + 1 - line.length()) + "\n";

    ImportReport report = desk.run(desk.file("a.jsonl", Desk.line(0) + fits + over + Desk.line(2)));

    assertThat(desk.numbers()).containsExactly(0, 1, 2);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(desk.setAside().getFirst()).contains("\"length\":" + (LineStream.LONGEST + 1));
  }

  /** The child: imports what is in the home, on a small heap. */
  public static void main(String[] args) {
    Desk desk = new Desk(Path.of(args[0]), new MemoryStore());
    Importer importer = new Importer(desk.store, Redactor.create(Desk.KEY), desk.quarantine);
    ImportReport report =
        importer.run(List.of(desk.home), ImportOptions.defaults(), ImportListener.NONE);
    String aside = desk.setAside().getFirst();
    System.out.println(report + " numbers " + desk.numbers());
    System.out.println(aside.substring(0, aside.indexOf("\"reason\"")));
  }
}
