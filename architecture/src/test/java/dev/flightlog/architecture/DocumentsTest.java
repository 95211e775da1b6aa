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
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path file : Tree.files()) {
      if (!file.toString().endsWith(".md")) {
        continue;
      }
      Matcher links = LINK.matcher(Tree.text(file.toString()).replaceAll("`[^`\n]*`", ""));
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
}
