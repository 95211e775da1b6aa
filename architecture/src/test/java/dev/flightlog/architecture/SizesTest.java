package dev.flightlog.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SizesTest {
  private static final int MOST_LINES = 400;
  private static final int MOST_TYPES = 25;

  /** Why a file may be longer. */
  private static final Map<String, String> LONG_FILES =
      Map.of(
          "event/src/main/java/dev/flightlog/event/json/JsonReader.java",
          "one grammar",
          "stores/sqlite/src/main/java/dev/flightlog/stores/sqlite/SqliteStore.java",
          "the face of the seam; what it does stands in other files",
          "home/src/main/java/dev/flightlog/home/index/Index.java",
          "the face of the index, every call documented",
          "stores/sqlite/src/main/java/dev/flightlog/stores/sqlite/Writer.java",
          "the one transaction by which a batch enters the file",
          "event/src/main/java/dev/flightlog/event/redaction/text/KeyLines.java",
          "one grammar of how tools print the lines of a key",
          "recorder/src/main/java/dev/flightlog/recorder/FlightRecorder.java",
          "the face of the recorder, every call documented",
          "home/src/main/java/dev/flightlog/home/settings/Setting.java",
          "every setting, defined once, and nothing else",
          "store/src/main/java/dev/flightlog/store/Filter.java",
          "one sealed family and the rules by which its members are joined",
          "tasks/src/main/java/dev/flightlog/tasks/queue/SqliteQueue.java",
          "one queue, each step one transaction",
          "webhooks/src/main/java/dev/flightlog/webhooks/DeliveryHandling.java",
          "one delivery from kept to answered, its steps share what is known of it");

  /** Why a package may be larger. */
  private static final Map<String, String> LARGE_PACKAGES = Map.of();

  @Test
  void mainFilesStayBelowFourHundredLinesUnlessTheyAreListed() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (String name : mainFiles()) {
      long lines;
      try (var all = Files.lines(Tree.ROOT.resolve(name))) {
        lines = all.count();
      }
      if (lines > MOST_LINES && !LONG_FILES.containsKey(name)) {
        tooLong.add(name + ": " + lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void aPackageHasNoMoreThanTwentyFiveTypesUnlessItIsListed() {
    Map<String, Integer> types = new TreeMap<>();
    for (String name : mainFiles()) {
      if (!name.endsWith("-info.java")) {
        types.merge(name.substring(0, name.lastIndexOf('/')), 1, Integer::sum);
      }
    }
    assertThat(types.size()).isGreaterThan(30);
    Set<String> large = new TreeSet<>();
    types.forEach((folder, count) -> {
      if (count > MOST_TYPES) {
        large.add(folder + ": " + count);
      }
    });
    assertThat(large)
        .filteredOn(line -> !LARGE_PACKAGES.containsKey(line.substring(0, line.indexOf(':'))))
        .isEmpty();
  }

  @Test
  void theSizesOfRoomsInTheArchitectureAreAboutRight() throws IOException {
    Map<String, Double> lines = new TreeMap<>();
    for (String name : mainFiles()) {
      try (var all = Files.lines(Tree.ROOT.resolve(name))) {
        lines.merge(name.substring(0, name.indexOf("/src/")), all.count() / 1000.0, Double::sum);
      }
    }
    String document = Tree.text("ARCHITECTURE.md");
    for (String room : Rooms.mayKnow().keySet()) {
      Matcher size =
          Pattern.compile("(?m)^\\| `" + room + "` \\|.*\\| ([0-9.]+) \\|$").matcher(document);
      assertThat(size.find()).as("the size of %s", room).isTrue();
      double counted = lines.getOrDefault(room, 0.0);
      assertThat(Double.parseDouble(size.group(1)))
          .as("thousands of lines in %s", room)
          .isCloseTo(counted, within(0.5 + counted / 3));
    }
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> packages = new TreeSet<>();
    for (String name : mainFiles()) {
      if (!name.endsWith("module-info.java")) {
        packages.add(name.substring(0, name.lastIndexOf('/')));
      }
    }
    assertThat(packages)
        .allSatisfy(
            folder -> assertThat(Tree.text(folder + "/package-info.java")).contains("@NullMarked"));
  }

  private static List<String> mainFiles() {
    List<String> names = new ArrayList<>();
    for (Path file : Tree.files()) {
      String name = file.toString().replace('\\', '/');
      if (name.contains("/src/main/java/") && name.endsWith(".java")) {
        names.add(name);
      }
    }
    return names;
  }
}
