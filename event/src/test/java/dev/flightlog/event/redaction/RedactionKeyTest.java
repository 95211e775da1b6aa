package dev.flightlog.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionKeyTest {
  @TempDir Path folder;

  @Test
  void theKeyIsMadeOnceAndReadAfterwards() throws IOException {
    Path home = folder.resolve("a/home");
    byte[] made = RedactionKey.inHome(home).bytes();
    assertThat(made).hasSize(32).isEqualTo(Files.readAllBytes(home.resolve("redaction.key")));
    assertThat(RedactionKey.inHome(home).bytes()).isEqualTo(made);
    assertThat(RedactionKey.inHome(folder.resolve("other")).bytes()).isNotEqualTo(made);
  }

  @Test
  void onlyTheOwnerMayReadTheKeyWhereTheFileSystemCanSayIt() throws IOException {
    Path home = folder.resolve("home");
    RedactionKey.inHome(home);
    if (home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Path file = home.resolve(RedactionKey.FILE_NAME);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void threadsThatArriveTogetherGetTheSameKey() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        Path home = folder.resolve("home" + round);
        Callable<byte[]> open = () -> RedactionKey.inHome(home).bytes();
        List<byte[]> keys = new ArrayList<>();
        for (Future<byte[]> key : pool.invokeAll(java.util.Collections.nCopies(8, open))) {
          keys.add(key.get());
        }
        assertThat(keys).allSatisfy(key -> assertThat(key).isEqualTo(keys.get(0)));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void processesThatArriveTogetherGetTheSameKey() throws Exception {
    Path home = folder.resolve("home");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  KeyPrinter.class.getName(),
                  home.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
    List<String> pseudonyms = new ArrayList<>();
    for (Process process : processes) {
      pseudonyms.add(
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(process.waitFor()).isZero();
    }
    assertThat(pseudonyms).containsOnly(pseudonyms.get(0));
    assertThat(pseudonyms.get(0)).hasSize(64);
  }

  /** Opens the key of a home and prints it; run as a process of its own. */
  static final class KeyPrinter {
    private KeyPrinter() {}

    public static void main(String[] arguments) throws IOException {
      byte[] key = RedactionKey.inHome(Path.of(arguments[0])).bytes();
      System.out.print(java.util.HexFormat.of().formatHex(key));
    }
  }

  @Test
  void aKeyFileLeftShortByACrashIsWrittenAnew() throws IOException {
    Files.write(folder.resolve(RedactionKey.FILE_NAME), new byte[7]);
    byte[] key = RedactionKey.inHome(folder).bytes();
    assertThat(key).hasSize(32);
    assertThat(RedactionKey.inHome(folder).bytes()).isEqualTo(key);
  }

  @Test
  void aPendingInterruptDoesNoHarmAndIsKept() throws IOException {
    Thread.currentThread().interrupt();
    assertThat(RedactionKey.inHome(folder.resolve("home")).bytes()).hasSize(32);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aHomeThatCannotHoldAKeyIsToldByItsPath() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertThatThrownBy(() -> RedactionKey.inHome(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.resolve(RedactionKey.FILE_NAME).toString())
        .hasMessageContaining("choose another home");
  }

  @Test
  void aKeyShowsItselfNowhere() {
    assertThat(RedactionKey.of(new byte[32])).hasToString("RedactionKey[hidden]");
    assertThatThrownBy(() -> RedactionKey.of(new byte[8]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 16 bytes");
  }
}
