package dev.flightlog.wording.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTest {
  private static final Encoding JTOKKIT =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  private static final int TEXTS_PER_KIND = 1_200;

  private final TokenCounter counter = TokenCounter.o200k();

  @ParameterizedTest
  @EnumSource
  void countsWhatAnIndependentTokenizerCounts(SampleTexts kind) {
    long seed = 20_260_201L + kind.ordinal();
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS_PER_KIND; i++) {
      String text = kind.text(random);
      assertThat(counter.count(text))
          .as("seed %d, text %d: %s", seed, i, text)
          .isEqualTo(JTOKKIT.countTokensOrdinary(text));
    }
  }

  @Test
  void emptyTextHasNoTokens() {
    assertThat(counter.count("")).isZero();
  }

  @Test
  void aWellKnownSentenceHasItsWellKnownCount() {
    assertThat(counter.count("hello world")).isEqualTo(2);
    assertThat(counter.count("tiktoken is great!")).isEqualTo(6);
  }

  @Test
  void anyCharSequenceCountsAsItsText() {
    assertThat(counter.count(CharBuffer.wrap("hello world"))).isEqualTo(2);
    assertThat(counter.count(new StringBuilder("hello world"))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "A", "Aa", "aA", " ", "=", "\n", " \n", "0", "é", "中", "\u0301", "'s", "\uD83D"
      })
  void aHostileRunOfAMillionCharactersIsCountedInSeconds(String part) {
    String run = part.repeat(1_000_000 / part.length());

    int count = assertTimeout(Duration.ofSeconds(20), () -> counter.count(run));

    assertThat(count).isBetween(1, run.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "=", "-", " ", "*", "ab", "中", "_-", "0x", "aaab", "\u0301"})
  void aLongRunIsJoinedAsTheDefinitionSays(String part) {
    for (int length = 400; length < 1200; length += 97) {
      String run = part.repeat(length);
      assertThat(counter.count(run))
          .as("%s * %d", part, length)
          .isEqualTo(JTOKKIT.countTokensOrdinary(run));
    }
  }

  @Test
  void severalThreadsShareOneCounter() {
    List<String> texts =
        new Random(7)
            .longs(400)
            .mapToObj(l -> SampleTexts.ALL_TOGETHER.text(new Random(l)))
            .toList();
    List<Integer> alone = texts.stream().map(counter::count).toList();

    List<Integer> together = texts.parallelStream().map(TokenCounter.o200k()::count).toList();

    assertThat(together).isEqualTo(alone);
  }

  @Test
  void theVocabularyIsReadOutOfAJarAtAnyPath(@TempDir Path directory) throws Exception {
    Path jar = directory.resolve("100% flight log.jar");
    packClasses(jar);
    URL[] path = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass(TokenCounter.class.getName());
      Object fromJar = type.getMethod("o200k").invoke(null);

      Object count = type.getMethod("count", CharSequence.class).invoke(fromJar, "hello world");

      assertThat(count).isEqualTo(2);
    }
  }

  private static void packClasses(Path jar) throws Exception {
    Path classes =
        Path.of(TokenCounter.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file);
        var all = Files.walk(classes)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(each).toString().replace('\\', '/');
        if (name.startsWith("dev/flightlog/wording/tokens/")) {
          put(out, name, each);
        }
      }
    }
  }

  private static void put(ZipOutputStream out, String name, Path file) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    Files.copy(file, out);
    out.closeEntry();
  }
}
