package dev.flightlog.learning.instructions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionFileTest {
  private static final Block ONE = new Block(List.of("- Read a file before you edit it."));

  @TempDir Path folder;

  private static Plan.Change planned(Path file, Block block) throws IOException {
    return (Plan.Change) new InstructionFile(file).plan(block);
  }

  @Test
  void whatIsPlannedIsShownBeforeItIsWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("CLAUDE.md"), "# Shop\n");
    Plan.Change change = planned(file, ONE);
    assertThat(change.diff()).contains(" # Shop", "+- Read a file before you edit it.");
    assertThat(file).hasContent("# Shop\n");
    assertThat(InstructionFile.write(change)).isTrue();
    assertThat(file).content().contains("- Read a file before you edit it.");
    assertThat(planned(file, ONE).isEmpty()).isTrue();
  }

  @Test
  void undoGivesBackTheExactBytes() throws IOException {
    byte[] bytes = "\ufeff# Shop\r\n\r\nUse tabs, no final line end".getBytes(UTF_8);
    Path file = Files.write(folder.resolve("CLAUDE.md"), bytes);
    Plan.Change change = planned(file, ONE);
    assertThat(InstructionFile.write(change)).isTrue();
    assertThat(InstructionFile.undo(change)).isTrue();
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void aFileThatChangedSinceItWasReadIsNotWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("CLAUDE.md"), "# Shop\n");
    Plan.Change change = planned(file, ONE);
    Files.writeString(file, "# Shop\nan editor saved this\n");
    assertThat(InstructionFile.write(change)).isFalse();
    assertThat(file).hasContent("# Shop\nan editor saved this\n");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void modeAndLinkStay() throws IOException {
    Path file = Files.writeString(folder.resolve("AGENTS.md"), "# Shop\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    Path link = Files.createSymbolicLink(folder.resolve("CLAUDE.md"), Path.of("AGENTS.md"));
    assertThat(InstructionFile.write(planned(link, ONE))).isTrue();
    assertThat(link).isSymbolicLink();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw-r--");
    assertThat(file).content().contains(Block.BEGIN);
  }

  @Test
  void aLinkToElsewhereAFolderAMissingAndAHugeFileAreRefusedInWords() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path project = Files.createDirectory(folder.resolve("project"));
    Path other = Files.writeString(elsewhere.resolve("CLAUDE.md"), "# Other\n");
    Path link = Files.createSymbolicLink(project.resolve("CLAUDE.md"), other);
    refused(link, "outside of its folder");
    refused(project, "no file");
    refused(project.resolve("GEMINI.md"), "create it");
    refused(Files.write(project.resolve("BIG.md"), new byte[5 << 20]), "more than");
    assertThat(other).hasContent("# Other\n");
  }

  @Test
  void aFileThatIsMarkedReadOnlyIsLeftAloneAlsoByTheSuperuser() throws IOException {
    Path file = Files.writeString(folder.resolve("CLAUDE.md"), "# Shop\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    refused(file, "change its permissions");
  }

  private static void refused(Path file, String words) throws IOException {
    assertThat(new InstructionFile(file).plan(ONE))
        .isInstanceOfSatisfying(
            Plan.Refused.class, refused -> assertThat(refused.reason()).contains(words));
  }
}
