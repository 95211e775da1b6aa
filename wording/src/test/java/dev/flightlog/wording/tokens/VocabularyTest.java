package dev.flightlog.wording.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private final Vocabulary vocabulary = Vocabulary.read();

  @Test
  void holdsEveryTokenOfTheListUnderItsRank() throws IOException {
    int tokens = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Encodings.class.getResourceAsStream("o200k_base.tiktoken"), US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] pair = line.split(" ");
        byte[] token = Base64.getDecoder().decode(pair[0]);
        if (vocabulary.rank(token, 0, token.length) != Integer.parseInt(pair[1])) {
          assertThat(token).as("rank %s is found", pair[1]).isNull();
        }
        tokens++;
      }
    }
    assertThat(tokens).isEqualTo(199_998);
  }

  @Test
  void holdsNothingElse() {
    byte[] none = "zqxjkvwzqxjkv".getBytes(US_ASCII);
    byte[] longer = new byte[300];
    Arrays.fill(longer, (byte) ' ');

    assertThat(vocabulary.rank(none, 0, none.length)).isEqualTo(Vocabulary.NONE);
    assertThat(vocabulary.rank(longer, 0, longer.length)).isEqualTo(Vocabulary.NONE);
    assertThat(vocabulary.rank(none, 3, 3)).isEqualTo(Vocabulary.NONE);
  }
}
