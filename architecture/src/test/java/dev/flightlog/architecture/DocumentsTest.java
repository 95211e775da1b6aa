package dev.flightlog.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private static final Pattern MODULE = Pattern.compile("<module>([a-z/]+)</module>");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

  @Test
  void everyRoomIsInTheReadmesTable() {
    String readme = Tree.text("README.md");
    Matcher modules = MODULE.matcher(Tree.text("pom.xml"));
    List<String> missing = new ArrayList<>();
    while (modules.find()) {
      if (!readme.contains("[`" + modules.group(1) + "/`]")) {
        missing.add(modules.group(1));
      }
    }
    assertThat(missing).as("rooms without a row").isEmpty();
  }

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path file : Tree.files()) {
      if (!file.toString().endsWith(".md")) {
        continue;
      }
      Matcher links = LINK.matcher(Tree.text(file.toString()));
      while (links.find()) {
        String target = links.group(1);
        Path folder = Tree.ROOT.resolve(file).getParent();
        if (!target.contains("://") && folder != null && !Files.exists(folder.resolve(target))) {
          broken.add(file + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyDecisionIsInTheListOfDecisions() {
    String list = Tree.text("docs/decisions/README.md");
    for (Path file : Tree.files()) {
      if (file.startsWith("docs/decisions") && !file.endsWith("README.md")) {
        assertThat(list).contains("(" + file.getFileName() + ")");
      }
    }
  }

  @Test
  void everyCommandIsExplainedInTheManual() {
    String manual = Tree.text("docs/guide/commands.md");
    Matcher commands =
        Pattern.compile("ALL\\.put\\(\"([a-z]+)\"")
            .matcher(Tree.text("cli/src/main/java/dev/flightlog/cli/Commands.java"));
    int found = 0;
    while (commands.find()) {
      found++;
      assertThat(manual).contains("## `flightlog " + commands.group(1) + "`");
    }
    assertThat(found).isPositive();
  }

  @Test
  void theTestCommandOfTheReadmeIsWhatCiRuns() {
    assertThat(Tree.text("README.md")).contains("./build/test");
    assertThat(Tree.text(".ci/run")).contains("exec ./build/test");
  }

  @Test
  void mainFilesStayBelowFourHundredLinesUnlessTheyAreListed() throws java.io.IOException {
    // One grammar in one class; and the one transaction by which a batch enters the file.
    List<String> listed =
        List.of(
            "event/src/main/java/dev/flightlog/event/json/JsonReader.java",
            "stores/sqlite/src/main/java/dev/flightlog/stores/sqlite/Writer.java");
    List<String> tooLong = new ArrayList<>();
    for (Path file : Tree.files()) {
      String name = file.toString().replace('\\', '/');
      if (name.contains("/src/main/java/") && name.endsWith(".java") && !listed.contains(name)) {
        long lines = Files.lines(Tree.ROOT.resolve(file)).count();
        if (lines > 400) {
          tooLong.add(name + ": " + lines);
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }
}
