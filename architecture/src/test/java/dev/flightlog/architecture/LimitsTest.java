package dev.flightlog.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LimitsTest {
  /** What hangs must end before anybody asks why CI does not. */
  @Test
  void everyTestHasALimitOfTime() {
    String pom = Tree.text("pom.xml");
    assertThat(pom)
        .contains("junit.jupiter.execution.timeout.default = ${flightlog.test.seconds} s");
    assertThat(seconds(pom, "flightlog.test.seconds")).isBetween(10, 600);
    assertThat(seconds(pom, "surefire.timeout")).isBetween(60, 1800);
    for (String module : Rooms.modules()) {
      assertThat(Tree.text(module + "/pom.xml"))
          .as("a room takes the limits of the root")
          .doesNotContain(
              "flightlog.test.seconds>", "surefire.timeout>", "configurationParameters");
    }
  }

  private static int seconds(String pom, String property) {
    String name = Pattern.quote(property);
    Matcher value = Pattern.compile("<" + name + ">(\\d+)</" + name + ">").matcher(pom);
    assertThat(value.find()).as(property).isTrue();
    return Integer.parseInt(value.group(1));
  }
}
