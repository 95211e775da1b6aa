package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide of operations says of checks holds for every check that there is. */
class OperationsGuideTest {
  private static final Pattern CHECK =
      Pattern.compile("(?:Check(?:\\.ok|\\.wrong)?|one)\\(\\s*\"([a-z_]+)\"");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| [^|]+ \\|");

  @TempDir Path user;

  @Test
  void everyCheckOfDoctorHasARowThatSaysWhatToDo() throws IOException {
    String guide = Files.readString(Path.of("../docs/guide/operations.md"));
    Set<String> told = names(ROW, guide.substring(guide.indexOf("## When a check is red")));

    assertThat(told).containsExactlyInAnyOrderElementsOf(checks());

    Shell shell = new Shell(user);
    shell.call("doctor", "--format", "json");
    assertThat(told).containsAll(names(Pattern.compile("\"name\":\"([a-z_]+)\""), shell.out));
  }

  /** Every name that stands in the code of the checks. */
  private static Set<String> checks() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String folder :
        List.of(
            "../home/src/main/java/dev/flightlog/home/checks",
            "src/main/java/dev/flightlog/cli/data")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          names.addAll(names(CHECK, Files.readString(file)));
        }
      }
    }
    return names;
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher found = pattern.matcher(text);
    while (found.find()) {
      names.add(found.group(1));
    }
    return names;
  }
}
