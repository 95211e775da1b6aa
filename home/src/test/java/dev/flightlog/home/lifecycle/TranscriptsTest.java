package dev.flightlog.home.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.home.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transcripts are kept before their owner deletes them. */
class TranscriptsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final String SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

  @TempDir Path user;
  private Home home;
  private Transcripts transcripts;
  private Path old;

  @BeforeEach
  void write() throws IOException {
    home =
        Home.open(
            user.resolve("home"),
            Map.of("HOME", user.toString()),
            message -> {},
            Clock.fixed(NOW, ZoneOffset.UTC));
    transcripts = new Transcripts(home);
    old = transcript("shop/4f1c.jsonl", 25);
    transcript("shop/new.jsonl", 3);
  }

  private Path transcript(String name, int days) throws IOException {
    Path file = user.resolve(".claude/projects").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"text\":\"token " + SECRET + "\"}\n{\"text\":\"half\"}");
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(days))));
    return file;
  }

  @Test
  void aWeekBeforeTheirEndTheyAreNamed() throws IOException {
    assertThat(transcripts.ending(NOW)).containsExactly(old);
    Files.writeString(user.resolve(".claude/settings.json"), "{\"cleanupPeriodDays\":90}");
    assertThat(transcripts.kept()).isEqualTo(Duration.ofDays(90));
    assertThat(transcripts.ending(NOW)).isEmpty();
    Files.writeString(user.resolve(".claude/settings.json"), "{not json");
    assertThat(transcripts.kept()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void aCopyHasEveryLineAndNoSecret() throws IOException {
    assertThat(transcripts.preserve())
        .isEqualTo(new Transcripts.Preserved(2, 2, java.util.List.of()));
    Path copy = user.resolve("home/preserved/claude/shop/4f1c.jsonl.gz");
    String text =
        new String(
            new GZIPInputStream(Files.newInputStream(copy)).readAllBytes(), StandardCharsets.UTF_8);
    assertThat(text.lines()).hasSize(2);
    assertThat(text).contains("half", "[redacted:").doesNotContain(SECRET);
    assertThat(transcripts.ending(NOW)).isEmpty();
    assertThat(transcripts.preserve().copied()).isZero();
    Files.writeString(old, "{\"text\":\"more\"}\n", java.nio.file.StandardOpenOption.APPEND);
    assertThat(transcripts.preserve().copied()).isEqualTo(1);
  }

  @Test
  void theCopiesOfASessionCanBeForgotten() {
    transcripts.preserve();
    assertThat(transcripts.forget("4f1c")).isEqualTo(1);
    assertThat(user.resolve("home/preserved/claude/shop/4f1c.jsonl.gz")).doesNotExist();
    assertThat(user.resolve("home/preserved/claude/shop/new.jsonl.gz")).exists();
  }
}
