package dev.flightlog.wording.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The heap against the definition: again and again, join the first pair of the lowest rank. */
class PairMergeTest {
  private static final Vocabulary VOCABULARY = Vocabulary.read();

  @Test
  void joinsAsTheDefinitionSays() {
    long seed = 99;
    Random random = new Random(seed);
    String[] parts = {
      "a", "aa", "b", "ab", "=", "==", "é", "中", "-", "ing", "er", "x\u0301", " ", "  "
    };
    for (int i = 0; i < 2_000; i++) {
      StringBuilder piece = new StringBuilder();
      for (int length = 2 + random.nextInt(120); length > 0; length--) {
        piece.append(parts[random.nextInt(1 + i % parts.length)]);
      }
      byte[] bytes = piece.toString().getBytes(UTF_8);
      assertThat(new PairMerge(VOCABULARY, bytes).count(0, bytes.length))
          .as("seed %d, piece %d: %s", seed, i, piece)
          .isEqualTo(countByDefinition(bytes));
    }
  }

  @Test
  void itsRoomIsUsedAgainForTheNextPiece() {
    byte[] text = "abcdefgh".repeat(50).getBytes(UTF_8);
    PairMerge merge = new PairMerge(VOCABULARY, text);
    int whole = merge.count(0, 400);

    assertThat(merge.count(0, 16)).isEqualTo(new PairMerge(VOCABULARY, text).count(0, 16));
    assertThat(merge.count(0, 400)).isEqualTo(whole);
  }

  private static int countByDefinition(byte[] bytes) {
    List<Integer> cuts = new ArrayList<>();
    for (int i = 0; i <= bytes.length; i++) {
      cuts.add(i);
    }
    while (true) {
      int least = Integer.MAX_VALUE;
      int at = -1;
      for (int i = 0; i + 2 < cuts.size(); i++) {
        int rank = VOCABULARY.rank(bytes, cuts.get(i), cuts.get(i + 2));
        if (rank != Vocabulary.NONE && rank < least) {
          least = rank;
          at = i;
        }
      }
      if (at < 0) {
        return cuts.size() - 1;
      }
      cuts.remove(at + 1);
    }
  }
}
