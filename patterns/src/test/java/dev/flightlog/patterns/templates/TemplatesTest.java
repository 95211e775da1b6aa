package dev.flightlog.patterns.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemplatesTest {
  private static final List<String> NAMES =
      List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi");

  private static Templates of(List<String> messages) {
    Templates templates = new Templates();
    messages.forEach(templates::add);
    return templates;
  }

  private static List<String> texts(Templates templates) {
    return templates.templates().stream().map(Template::text).toList();
  }

  private static List<String> sessions() {
    List<String> messages = new ArrayList<>();
    for (String name : NAMES) {
      messages.add("session opened for user " + name + " by (uid=0)");
      messages.add("connection of " + name + " timed out after 30 s, giving up");
      messages.add("retrying");
    }
    return messages;
  }

  @Test
  void aWordThatVariesAmongTheSameWordsIsAValue() {
    assertThat(texts(of(sessions())))
        .containsExactlyInAnyOrder(
            "session opened for user <*> by (uid=<*>)",
            "connection of <*> timed out after <*>, giving up",
            "retrying");
  }

  @Test
  void twoValuesThatVaryTogetherAreFound() {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      for (int k = 0; k < 2; k++) {
        String to = NAMES.get((i + 3 * k + 1) % NAMES.size());
        messages.add("message of " + NAMES.get(i) + " could not be delivered to " + to);
      }
    }
    assertThat(texts(of(messages))).containsExactly("message of <*> could not be delivered to <*>");
  }

  @Test
  void wordsThatTellWhatHappenedStayApart() {
    assertThat(
            texts(
                of(
                    List.of(
                        "service worker started",
                        "service worker stopped",
                        "service worker failed",
                        "GET /a/b 200",
                        "POST /a/b 200"))))
        .hasSize(5);
  }

  @Test
  void whatIsOptionalDoesNotMakeATemplate() {
    assertThat(
            of(List.of(
                    "closed, 512 bytes sent, 12 bytes received, lifetime 00:12",
                    "closed, 5120 bytes (5.12 KB) sent, 12 bytes received, lifetime <1 sec"))
                .templates())
        .hasSize(1);
  }

  @Test
  void theOrderOfMessagesDoesNotMatter() {
    long seed = Long.getLong("flightlog.seed", 7L);
    List<String> messages = sessions();
    List<Template> expected = of(messages).templates();
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(messages, random);
      assertThat(of(messages).templates()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void mergedStatesKnowWhatBothLearnt() {
    List<String> messages = sessions();
    Templates first = of(messages.subList(0, 9));
    Templates second = of(messages.subList(9, messages.size()));
    Templates other = of(messages.subList(9, messages.size()));
    other.merge(of(messages.subList(0, 9)));
    first.merge(second);
    assertThat(first.templates()).isEqualTo(of(messages).templates());
    assertThat(other.templates()).isEqualTo(first.templates());
  }

  @Test
  void aSavedStateIsTheSameStateAfterARestart() {
    Templates before = of(sessions());
    String saved = before.save();
    Templates after = Templates.load(saved);
    assertThat(after.templates()).isEqualTo(before.templates());
    assertThat(after.save()).isEqualTo(saved);
  }

  @Test
  void aTemplateKeepsItsIdWhileItGrows() {
    Templates templates = of(List.of("session opened for user alice by (uid=0)"));
    String id = templates.templates().getFirst().id();
    Templates later = Templates.load(templates.save());
    sessions().forEach(later::add);
    assertThat(later.templateOf("session opened for user zoe by (uid=1)").id()).isEqualTo(id);
    assertThat(later.find(id)).isNotNull();
    assertThat(later.find("0000000000000000")).isNull();
  }

  @Test
  void anUnknownMessageFindsTheTemplateItFits() {
    Templates templates = of(sessions());
    assertThat(templates.templateOf("session opened for user mallory by (uid=7)").text())
        .isEqualTo("session opened for user <*> by (uid=<*>)");
    assertThat(templates.templateOf("something else").count()).isZero();
  }

  @Test
  void memoryIsBoundedByWhateverComes() {
    Templates templates = new Templates(1_000);
    Random random = new Random(3);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder words = new StringBuilder("m");
      for (int k = 0; k < 5; k++) {
        words.append(' ').append((char) ('a' + random.nextInt(26))).append(letters(random));
      }
      templates.add(words.toString());
    }
    for (int i = 0; i < 100; i++) {
      templates.add("disk is full");
    }
    assertThat(templates.templates().size()).isLessThanOrEqualTo(1_000);
    long counted = templates.templates().stream().mapToLong(Template::count).sum();
    assertThat(counted + templates.forgotten()).isEqualTo(3_100);
    assertThat(texts(templates)).contains("disk is full");
  }

  private static String letters(Random random) {
    return random
        .ints(6, 'a', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void aFoldedStateStillFindsItsTemplates() {
    Templates templates = new Templates(1_000);
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      templates.add("session opened for user " + letters(random) + " by (uid=0)");
    }
    assertThat(texts(templates)).containsExactly("session opened for user <*> by (uid=<*>)");
    assertThat(templates.templates().getFirst().count()).isEqualTo(5_000);
  }

  @Test
  void oneMessageOfTenMegabytesIsOneShortSignature() {
    String huge = "error: " + "x1 y ".repeat(2_000_000);
    Templates templates = of(List.of(huge, huge, "a".repeat(10_000_000)));
    assertThat(templates.templates()).hasSize(2);
    assertThat(templates.templates()).allMatch(each -> each.text().length() <= Masker.LONGEST);
  }

  @Test
  void numbersAndColoursAreMessagesToo() {
    Templates templates =
        of(List.of("", "12345", "1 2 3", "\u001b[31merror\u001b[0m: 5", "error: 6", "磁盘15已满"));
    assertThat(texts(templates)).containsExactlyInAnyOrder("<*>", "error: <*>", "磁盘<*>已满");
  }

  @Test
  void aTornStateIsRefusedWithItsLine() {
    String saved = of(sessions()).save();
    assertThatThrownBy(() -> Templates.load(saved.replaceFirst("\n8\t", "\neight\t")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line ");
    assertThatThrownBy(() -> Templates.load("")).hasMessageContaining("line 1");
  }

  private static List<String> texts(String... lines) {
    Templates templates = new Templates();
    for (String line : lines) {
      templates.add(line);
    }
    return templates.templates().stream().map(Template::text).toList();
  }

  @Test
  void aCommandIsAnotherTemplateThanTheFilesItNames() {
    assertThat(
            texts(
                "[lint:gofmt] $ ~/tasks/lint/gofmt",
                "[lint:gofmt] cmd/cli/a.go",
                "[lint:gofmt] cmd/cli/hooks_test.go",
                "[lint:gofmt] Finished in 40ms",
                "[lint:gofmt] Finished in 58.1ms"))
        .containsExactlyInAnyOrder(
            "[lint:gofmt] $ <*>", "[lint:gofmt] <*>", "[lint:gofmt] Finished in <*>");
  }

  @Test
  void namesOfTestsAndTheirParametersAreSlots() {
    assertThat(texts("[TestInit] ok", "[TestParseConfig] ok")).containsExactly("[<*>] ok");
    assertThat(texts("test_sum[large] PASSED", "test_mean[small] PASSED"))
        .containsExactly("<*>[<*>] PASSED");
    assertThat(texts("--- FAIL: TestInit (0.01s)", "--- FAIL: TestSetup (1.20s)"))
        .containsExactly("--- FAIL: <*> (<*>)");
    assertThat(texts("[lint] done", "[test] done")).as("stages stay").hasSize(2);
  }

  @Test
  void aLineThatSaysNothingHasNoTemplate() {
    String[] rules = {
      "", "   ", "----", "\u2500\u2500\u2500\u2500", "+-----+--+", "\u2550\u2550", "^", "| |"
    };
    assertThat(texts(rules)).isEmpty();
    Templates templates = new Templates();
    templates.add("----");
    assertThat(templates.templateOf("----")).isEqualTo(Template.NONE);
    assertThat(texts("\u2502 ok \u2502", "\u9519\u8bef")).hasSize(2);
  }
}
