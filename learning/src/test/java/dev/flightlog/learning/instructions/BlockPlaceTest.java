package dev.flightlog.learning.instructions;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockPlaceTest {
  private static final Block ONE = new Block(List.of("- Read a file before you edit it."));
  private static final Block TWO = new Block(List.of("- Quote paths.", "- Run `make fmt` first."));

  private static byte[] apply(byte[] file, Block block) {
    return BlockPlace.with(file, block, BlockPlace.of(file));
  }

  private static String apply(String file, Block block) {
    return new String(apply(file.getBytes(UTF_8), block), UTF_8);
  }

  @Test
  void aFileWithoutABlockGetsItAtTheEndAfterAnEmptyLine() {
    assertThat(apply("# Project\n\nUse tabs.\n", ONE))
        .isEqualTo(
            "# Project\n\nUse tabs.\n\n"
                + Block.BEGIN
                + "\n\n- Read a file before you edit it.\n\n"
                + Block.END
                + "\n");
  }

  @Test
  void anEmptyFileAndOneWithoutAFinalLineEndGetItToo() {
    assertThat(apply("", ONE)).startsWith(Block.BEGIN);
    assertThat(apply("Use tabs.", ONE)).startsWith("Use tabs.\n\n" + Block.BEGIN);
  }

  @Test
  void aBlockIsReplacedAndWhatStandsAroundItKeepsEveryByte() {
    String before = apply("# Project\n", ONE) + "\ntail without an end";
    assertThat(apply(before, TWO)).isEqualTo(apply("# Project\n", TWO) + "\ntail without an end");
  }

  @Test
  void theLineEndsOfTheFileAreThoseOfTheBlock() {
    assertThat(apply("# Project\r\nUse tabs.\r\n", ONE).replace("\r\n", "")).doesNotContain("\n");
  }

  @Test
  void theSameBlockAgainChangesNothing() {
    String once = apply("# Project\r\n", TWO);
    assertThat(apply(once, TWO)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN\nx\n",
        "END\n",
        "END\nBEGIN\n",
        "BEGIN\nx\nBEGIN\ny\nEND\n",
        "BEGIN\nx\nEND\nBEGIN\ny\nEND\n",
        "BEGIN\nx\nEND\nEND\n",
        "```\nBEGIN\nx\nEND\n```\n",
        "~~~~ md\n~~~\nBEGIN\nx\nEND\n",
        "<!-- a note\nBEGIN\nx\nEND\n",
        "text\n```java\nint x;\n",
        "text\n<!-- a note that is not closed\n",
        "<!-- flightlog:begin format=2 -->\nx\n<!-- flightlog:end -->\n",
      })
  void aFileWhoseMarkersAreUnclearIsLeftAlone(String file) {
    byte[] bytes = file.replace("BEGIN", Block.BEGIN).replace("END", Block.END).getBytes(UTF_8);
    assertThat(BlockPlace.of(bytes)).isInstanceOf(BlockPlace.Unclear.class);
    assertThatThrownBy(() -> apply(bytes, ONE)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileThatIsNoUtf8IsLeftAlone() {
    assertThat(BlockPlace.of("caf\u00e9\n".getBytes(ISO_8859_1)))
        .isInstanceOf(BlockPlace.Unclear.class);
    assertThat(BlockPlace.of(new byte[] {'#', 0, ' ', 0})).isInstanceOf(BlockPlace.Unclear.class);
  }

  @Test
  void closedCodeBlocksAndCommentsAreNoObstacle() {
    assertThat(apply("```\ncode\n```\n\n<!-- note -->\ntext `<!--` more\n", ONE))
        .contains(Block.END);
  }

  @Test
  void aBlockHasNoLineThatCouldEndItAndIsNeverLarge() {
    assertThatThrownBy(() -> new Block(List.of("a\nb"))).hasMessageContaining("control");
    assertThatThrownBy(() -> new Block(List.of(Block.END))).hasMessageContaining("<!--");
    assertThatThrownBy(() -> new Block(java.util.Collections.nCopies(31, "x")))
        .hasMessageContaining("30 lines");
    assertThatThrownBy(() -> new Block(List.of("x".repeat(4096)))).hasMessageContaining("bytes");
  }

  @Test
  void tenThousandRandomFilesKeepWhatStandsOutsideWhateverIsAppliedInWhateverOrder() {
    Random random = new Random(20260201);
    String[] parts = {
      "# Title",
      "text",
      "",
      "\t",
      "```",
      "~~~",
      "<!-- c -->",
      "- item",
      "é ü 漢字",
      "\ufeffx",
      "    code",
      "> q",
      Block.BEGIN,
      Block.END,
      "<!--",
      "-->",
      "\r",
      "a\r"
    };
    int applied = 0;
    for (int round = 0; round < 10_000; round++) {
      StringBuilder text = new StringBuilder();
      int lines = random.nextInt(12);
      for (int i = 0; i < lines; i++) {
        text.append(parts[random.nextInt(parts.length)])
            .append(random.nextInt(4) == 0 ? "\r\n" : "\n");
      }
      byte[] file = text.toString().getBytes(UTF_8);
      BlockPlace placement = BlockPlace.of(file);
      if (placement instanceof BlockPlace.Unclear) {
        continue;
      }
      applied++;
      byte[] once = BlockPlace.with(file, ONE, placement);
      byte[] twice = apply(once, TWO);
      assertThat(apply(twice, TWO)).isEqualTo(twice);
      BlockPlace.Between between = (BlockPlace.Between) BlockPlace.of(twice);
      switch (placement) {
        case BlockPlace.AtEnd end -> assertThat(Arrays.copyOf(twice, file.length)).isEqualTo(file);
        case BlockPlace.Between old -> {
          assertThat(Arrays.copyOf(twice, old.from())).isEqualTo(Arrays.copyOf(file, old.from()));
          assertThat(Arrays.copyOfRange(twice, between.to(), twice.length))
              .isEqualTo(Arrays.copyOfRange(file, old.to(), file.length));
        }
        case BlockPlace.Unclear unclear -> throw new AssertionError(unclear.reason());
      }
    }
    assertThat(applied).isGreaterThan(2_000);
  }
}
