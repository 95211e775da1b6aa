package dev.flightlog.runs.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.record.RunDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that prove themselves, and hostile ones. */
class ArchiveTest {
  @TempDir Path folder;
  private RunFolder run;
  private Path workspace;

  @BeforeEach
  void fill() throws IOException {
    run = fill("runs");
    workspace = folder.resolve("made");
    write(workspace.resolve("deep/" + "long-name-".repeat(12) + "/ä.txt"), "ünï");
    write(workspace.resolve("run.sh"), "#!/bin/sh\n");
    assertThat(workspace.resolve("run.sh").toFile().setExecutable(true)).isTrue();
    write(workspace.resolve("empty"), "");
    Files.createSymbolicLink(workspace.resolve("link"), workspace.resolve("empty"));
  }

  private RunFolder fill(String root) throws IOException {
    RunFolder made = RunFolder.of(folder.resolve(root), "baes", "abc123");
    Random random = new Random(4);
    for (int step = 3; step > 0; step--) {
      byte[] bytes = new byte[5_000 * step];
      random.nextBytes(bytes);
      write(made.step(step).resolve("adapter.log"), Arrays.toString(bytes) + "\n");
    }
    write(
        made.logs().resolve("run.log"),
        "{\"timestamp\":\"2025-10-20T14:23:45.000000+00:00\",\"level\":\"INFO\",\"run_id\":\"abc123\","
            + "\"component\":\"orchestrator\",\"event_type\":\"run_started\","
            + "\"details\":{\"framework\":\"baes\",\"pid\":7,\"first\":true}}\n");
    return made;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static boolean isPlain(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static Map<String, String> contents(Path of) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(of)) {
      for (Path file : all.filter(ArchiveTest::isPlain).toList()) {
        contents.put(of.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  @Test
  void theSameFilesGiveTheSameBytesAndComeBackAsTheyWere() throws Exception {
    RunArchive.Made made = Completion.archive(run, workspace);
    assertThat(made.leftOut()).containsExactly("workspace/link");
    assertThat(made.archive().sha256()).isEqualTo(RunArchive.hash(run.file("run.tar.gz")));
    RunFolder other = fill("elsewhere");
    try (Stream<Path> all = Files.walk(other.path())) {
      for (Path file : all.toList()) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(86_400_000));
      }
    }
    assertThat(Completion.archive(other, workspace).archive()).isEqualTo(made.archive());
    assertThat(Files.readString(run.file(RunFolder.SUMMARY)))
        .contains("SHA-256: " + made.archive().sha256(), "Size: " + made.archive().size())
        .isEqualTo(Files.readString(other.file(RunFolder.SUMMARY)));
    Path back = folder.resolve("back");
    assertThat(Extraction.into(run.file("run.tar.gz"), back)).isEqualTo(made.files());
    assertThat(contents(back.resolve("logs"))).isEqualTo(contents(run.logs()));
    assertThat(contents(back.resolve("workspace"))).isEqualTo(contents(workspace));
    assertThat(back.resolve("workspace/run.sh")).isExecutable();
    assertThat(back.resolve("logs_summary.txt")).doesNotExist();
    assertThat(back.resolve("metrics.json")).exists();
    withTar(back);
  }

  /** The tar of the system reads it, too. */
  private void withTar(Path back) throws Exception {
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    Process tar =
        new ProcessBuilder(
                "tar", "-xzf", run.file("run.tar.gz").toString(), "-C", theirs.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    assertThat(contents(theirs)).isEqualTo(contents(back));
  }

  @Test
  void anArchiveThatIsRemadeKeepsTheHashOfTheEarlierOne() throws IOException {
    String first = Completion.archive(run, null).archive().sha256();
    assertThat(Completion.archive(run, null).archive().sha256()).isEqualTo(first);
    assertThat(RunDocuments.archives(run)).hasSize(1);
    write(run.logs().resolve("reconciliation.log"), "{\"message\":\"all explained\"}\n");
    String second = Completion.archive(run, null).archive().sha256();
    assertThat(second).isNotEqualTo(first);
    assertThat(RunDocuments.archives(run).stream().map(each -> each.sha256()))
        .containsExactly(first, second);
    assertThat(Files.readString(run.file(RunFolder.SUMMARY)))
        .contains("all explained", second)
        .doesNotContain(first);
  }

  private Path tar(Entry... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      byte[] block = new byte[512];
      put(block, 0, entry.name);
      put(block, 100, "0000644");
      put(block, 124, String.format(java.util.Locale.ROOT, "%011o", entry.text.length()));
      put(block, 148, "        ");
      block[156] = (byte) entry.type;
      put(block, 157, "/etc/passwd");
      put(block, 257, "ustar");
      put(block, 263, "00");
      int sum = 0;
      for (byte each : block) {
        sum += each & 0xff;
      }
      put(block, 148, String.format(java.util.Locale.ROOT, "%06o", sum));
      bytes.write(block);
      byte[] text = entry.text.getBytes(StandardCharsets.UTF_8);
      bytes.write(Arrays.copyOf(text, (text.length + 511) / 512 * 512));
    }
    bytes.write(new byte[1024]);
    Path file = folder.resolve("hostile.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes.toByteArray());
    }
    return file;
  }

  private record Entry(String name, char type, String text) {}

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  @Test
  void entriesThatLeadElsewhereOrAreNoFilesAreRefusedAndNothingIsExtracted() throws IOException {
    List<Entry[]> hostile = new ArrayList<>();
    for (String name :
        List.of(
            "../evil",
            "/evil",
            "a/../../evil",
            "a/./b",
            "a//b",
            "..",
            "C:/evil",
            "a\\..\\evil",
            "a\nb",
            "logs/..")) {
      hostile.add(new Entry[] {new Entry(name, '0', "evil")});
    }
    for (char type : "123467S".toCharArray()) {
      hostile.add(new Entry[] {new Entry("logs/link", type, "")});
    }
    hostile.add(new Entry[] {new Entry("a", '0', "1"), new Entry("A", '0', "2")});
    hostile.add(new Entry[] {new Entry("a", '0', "1"), new Entry("a/b", '0', "2")});
    hostile.add(new Entry[] {new Entry("a/b", '0', "1"), new Entry("a", '0', "2")});
    for (Entry[] entries : hostile) {
      Path archive = tar(entries);
      assertThatThrownBy(() -> Extraction.into(archive, folder.resolve("out/x")))
          .as(entries[0].name)
          .isInstanceOf(RunException.class)
          .hasMessageContaining("Nothing was extracted");
      assertThat(folder.resolve("out/x")).doesNotExist();
      assertThat(contents(folder.resolve("out"))).isEmpty();
    }
  }

  @Test
  void aCutOrDamagedArchiveIsToldAndNothingIsExtracted() throws IOException {
    Completion.archive(run, workspace);
    byte[] whole = Files.readAllBytes(run.file("run.tar.gz"));
    Path cut = folder.resolve("cut.tar.gz");
    for (int length = 0; length < whole.length; length += 1 + whole.length / 40) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Extraction.into(cut, folder.resolve("out/x")))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("cut.tar.gz");
      assertThat(folder.resolve("out/x")).doesNotExist();
    }
    Files.writeString(cut, "no archive");
    assertThatThrownBy(() -> Extraction.into(cut, folder.resolve("out/x")))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("no gzip file");
    assertThatThrownBy(() -> Extraction.into(run.file("run.tar.gz"), workspace))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("there already");
  }
}
