package dev.flightlog.home.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.formats.Formats;
import dev.flightlog.home.Home;
import dev.flightlog.importer.ImportOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  @TempDir Path folder;

  private Sources sources() {
    return Sources.of(Home.open(folder.resolve("home"), Map.of()));
  }

  @Test
  void aSourceIsRememberedOnceAndForgottenWithAllBelowIt() {
    ImportOptions claude = ImportOptions.defaults().as(Formats.CLAUDE_TRANSCRIPT).story("s");
    assertThat(sources().remember(List.of(Path.of("/a/b"), Path.of("/c")), claude)).hasSize(2);
    assertThat(sources().remember(List.of(Path.of("/a/../c")), claude)).isEmpty();
    assertThat(sources().all())
        .containsExactly(
            new Source(Path.of("/a/b"), Formats.CLAUDE_TRANSCRIPT, "s"),
            new Source(Path.of("/c"), Formats.CLAUDE_TRANSCRIPT, "s"));
    assertThat(sources().forget(Path.of("/a"))).hasSize(1);
    assertThat(sources().forget(Path.of("/a"))).isEmpty();
    assertThat(sources().all()).extracting(Source::path).containsExactly(Path.of("/c"));
  }

  @Test
  void aLineThatIsNoSourceCostsItselfAndIsTold() throws IOException {
    sources().remember(List.of(Path.of("/a")), ImportOptions.defaults());
    Path file = folder.resolve("home/sources.jsonl");
    Files.write(file, new byte[] {'{', '"', (byte) 0xff, '"', '\n'}, StandardOpenOption.APPEND);
    for (String odd :
        List.of(
            "{", "[1]", "{\"path\":1e99999999999}", "{\"path\":\"/x\\u0000\"}", "{\"path\":5}")) {
      Files.writeString(file, odd + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }
    Files.writeString(file, "\n{\"path\":\"/b\",\"as\":\"no such\"}", StandardOpenOption.APPEND);
    Sources sources = sources();
    assertThat(sources.all())
        .extracting(Source::path)
        .containsExactly(Path.of("/a"), Path.of("/b"));
    assertThat(sources.problems())
        .hasSize(6)
        .allMatch(problem -> problem.contains("sources.jsonl, line "));
  }
}
