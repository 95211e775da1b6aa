package dev.flightlog.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RuleBookTest {
  @Test
  void everyPatternCompiles() throws IOException {
    for (String resource : List.of("own.tsv", "vendors.tsv", "gitleaks.tsv")) {
      for (String line : lines(resource)) {
        if (!line.startsWith("#")) {
          Pattern.compile(RuleBook.expanded(line.substring(line.lastIndexOf('\t') + 1)));
        }
      }
    }
  }

  @Test
  void everyRuleOfGitleaksIsEitherUsedOrLeftOutWithAReason() throws IOException {
    List<String> lines = lines("gitleaks.tsv");
    long used = lines.stream().filter(line -> !line.startsWith("#")).count();
    long leftOut = lines.stream().filter(line -> line.startsWith("#-")).count();
    assertThat(used + leftOut).isEqualTo(222);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("#-"))
        .allMatch(l -> l.split("\t").length == 3);
  }

  @Test
  void thePageListsEveryRuleThatIsLeftOut() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "format", "redaction.md"));
    for (String line : lines("gitleaks.tsv")) {
      if (line.startsWith("#-")) {
        assertThat(page).contains("`" + line.split("\t")[1] + "`");
      }
    }
  }

  @Test
  void theLicenceOfTheRulesIsInTheJar() throws IOException {
    assertThat(String.join("\n", lines("NOTICE"))).contains("MIT License", "Zachary Rice");
  }

  @Test
  void theCorpusKnowsAtLeastFortyFormats() {
    assertThat(SecretForms.KNOWN).hasSizeGreaterThanOrEqualTo(40);
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = Objects.requireNonNull(RuleBook.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
