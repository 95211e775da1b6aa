package dev.flightlog.event.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
  @TempDir Path folder;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no umask")
  void filesAndFoldersAreTheirOwnersWhateverTheUmask() throws Exception {
    String classPath = System.getProperty("java.class.path");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String shell = "umask 000; exec \"$0\" -cp \"$1\" \"$2\" \"$3\"";
    String[] command = {
      "sh", "-c", shell, java.toString(), classPath, Made.class.getName(), folder.toString()
    };
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    for (String file : new String[] {"made", "opened", "appended", "replaced"}) {
      assertThat(mode(folder.resolve("a/b").resolve(file))).as(file).isEqualTo("rw-------");
    }
    assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("a/b"))).isEqualTo("rwx------");
  }

  /** Runs in a process of its own, under an open umask. */
  static final class Made {
    private Made() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]).resolve("a/b");
      OwnerOnly.createFolder(folder);
      OwnerOnly.createFile(folder.resolve("made"));
      OwnerOnly.append(folder.resolve("appended"), new byte[] {1});
      AtomicFile.write(folder.resolve("replaced"), new byte[] {1});
      try (FileChannel channel =
          OwnerOnly.open(
              folder.resolve("opened"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.force(false);
      }
    }
  }

  @Test
  void aFileIsMadeOnceAndKeepsWhatItHolds() throws IOException {
    Path file = folder.resolve("f");
    assertThat(OwnerOnly.createFile(file)).isTrue();
    OwnerOnly.append(file, bytes("one"));
    assertThat(OwnerOnly.createFile(file)).isFalse();
    OwnerOnly.append(file, bytes(" two"));
    assertThat(Files.readString(file)).isEqualTo("one two");
  }

  @Test
  void aFileIsReplacedAsAWholeAndNothingIsLeftBeside() throws IOException {
    Path file = folder.resolve("f");
    AtomicFile.write(file, bytes("one"));
    AtomicFile.write(file, bytes("two"));
    assertThat(Files.readString(file)).isEqualTo("two");
    assertThat(names()).containsExactly("f");
    Path missing = folder.resolve("no/f");
    assertThatThrownBy(() -> AtomicFile.write(missing, bytes("x")))
        .isInstanceOf(NoSuchFileException.class);
    Files.createDirectories(folder.resolve("d/x"));
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("d"), bytes("x")))
        .isInstanceOf(IOException.class);
    assertThat(names()).containsExactly("d", "f");
  }

  @Test
  void aTreeIsDeletedWithoutFollowingItsLinks() throws IOException {
    Path kept =
        Files.writeString(Files.createDirectories(folder.resolve("kept")).resolve("k"), "k");
    Path tree = Files.createDirectories(folder.resolve("tree/deep"));
    Files.writeString(tree.resolve("x"), "x");
    Files.createSymbolicLink(tree.resolve("link"), kept.getParent());
    FileTree.delete(folder.resolve("tree"));
    FileTree.delete(folder.resolve("nothing"));
    assertThat(names()).containsExactly("kept");
    assertThat(kept).exists();
  }

  @Test
  void hashesAreThoseOfTheStandard() {
    assertThat(Sha256.hex("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.hex(new byte[0])).startsWith("e3b0c44298fc1c14");
  }

  private Stream<String> names() throws IOException {
    return Files.list(folder).map(path -> path.getFileName().toString()).sorted();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
