package dev.flightlog.shipping.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.shipping.pull.Pulled.PulledSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other machine is another folder of this one, reached by a program that is called ssh. */
class PullTest {
  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private Path home;
  private Path transcripts;
  private Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aMachineWithAJournalAndASource() throws IOException {
    Path user = folder.resolve("there");
    home = user.resolve(".flightlog");
    transcripts = user.resolve("claude");
    Files.createDirectories(home);
    Files.createDirectories(transcripts.resolve("p"));
    Files.writeString(home.resolve("story_a_20260501.jsonl"), "{\"id\":1}\n");
    Files.writeString(transcripts.resolve("p/one.jsonl"), "{\"n\":1}\n");
    Files.writeString(transcripts.resolve("p/notes.txt"), "not asked for");
    Files.writeString(
        home.resolve("sources.jsonl"),
        "{\"path\":\"" + transcripts + "\",\"as\":\"auto\",\"story\":\"s\"}\nno source\n");
    environment.put("HOME", user.toString());
    environment.put("FLIGHTLOG_HOME", "");
    ssh("exec sh -c \"$last\"");
  }

  /** What the program does with its last argument. */
  private void ssh(String command) throws IOException {
    Path bin = folder.resolve("bin");
    Files.createDirectories(bin);
    Path program = bin.resolve("ssh");
    Files.writeString(program, "#!/bin/sh\nfor last; do :; done\n" + command + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
  }

  private Pulled pull() {
    return new Pull(
            RemoteHome.of("me@there", List.of()), folder.resolve("pulled"), environment, told::add)
        .run();
  }

  private Path copy(Path of) {
    return folder.resolve("pulled/me@there/sources").resolve(of.toString().substring(1));
  }

  @Test
  void journalsAndSourcesComeOnceAndThenOnlyWhatIsNew() throws IOException {
    Pulled first = pull();
    assertThat(first.files()).isEqualTo(2);
    assertThat(first.left()).isEmpty();
    Path journals = folder.resolve("pulled/me@there/journals");
    assertThat(first.sources())
        .containsExactly(
            new PulledSource(journals, "journal", null),
            new PulledSource(copy(transcripts), "auto", "s"));
    assertThat(journals.resolve("story_a_20260501.jsonl")).hasContent("{\"id\":1}\n");
    assertThat(copy(transcripts.resolve("p/notes.txt"))).doesNotExist();
    assertThat(pull().bytes()).isZero();
    Files.writeString(transcripts.resolve("p/one.jsonl"), "{\"n\":2}\n", StandardOpenOption.APPEND);
    assertThat(pull().bytes()).isEqualTo(8);
    assertThat(copy(transcripts.resolve("p/one.jsonl"))).hasContent("{\"n\":1}\n{\"n\":2}\n");
  }

  @Test
  void aFileThatWasReplacedIsCopiedAnew() throws IOException {
    pull();
    Files.writeString(transcripts.resolve("p/one.jsonl"), "{\"other\":12345678901234567}\n");
    pull();
    assertThat(copy(transcripts.resolve("p/one.jsonl")))
        .hasContent("{\"other\":12345678901234567}\n");
    Files.writeString(transcripts.resolve("p/one.jsonl"), "{}\n");
    pull();
    assertThat(copy(transcripts.resolve("p/one.jsonl"))).hasContent("{}\n");
  }

  @Test
  void aConnectionThatBreaksOffIsMadeAgainAndGoesOnWhereItStopped() throws IOException {
    byte[] large = new byte[9 << 20];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i % 61 == 60 ? '\n' : 'a' + i % 23);
    }
    Files.write(transcripts.resolve("p/large.jsonl"), large);
    Path count = folder.resolve("count");
    ssh(
        "echo x >> %s; if [ $(wc -l < %s) -lt 4 ]; then i=0; while [ $i -lt 24 ] && IFS= read -r l; do echo \"$l\"; i=$((i+1)); done | sh -c \"$last\"; else exec sh -c \"$last\"; fi"
            .formatted(count, count));
    Pulled pulled = pull();
    assertThat(Files.readAllBytes(copy(transcripts.resolve("p/large.jsonl")))).isEqualTo(large);
    assertThat(pulled.files()).isEqualTo(3);
    assertThat(told).isNotEmpty().allMatch(each -> each.contains("broke off"));
  }

  @Test
  void namesThatWouldLeadElsewhereAreLeftOut() throws IOException {
    Files.writeString(transcripts.resolve("p/two\nlines.jsonl"), "{}\n");
    Files.writeString(transcripts.resolve("p/-rf $(touch x) 'quoted'.jsonl"), "{\"fine\":1}\n");
    Files.writeString(
        home.resolve("sources.jsonl"),
        "{\"path\":\"/tmp/../etc\"}\n{\"path\":\"-rf\"}\n",
        StandardOpenOption.APPEND);
    Pulled pulled = pull();
    assertThat(pulled.left()).hasSize(3);
    assertThat(copy(transcripts.resolve("p/-rf $(touch x) 'quoted'.jsonl")))
        .hasContent("{\"fine\":1}\n");
    assertThat(folder.resolve("pulled/me@there/x")).doesNotExist();
  }

  @Test
  void whatSshSaysIsTheReason() throws IOException {
    ssh("echo 'ssh: Could not resolve hostname there: Name or service not known' >&2; exit 255");
    assertThatThrownBy(this::pull)
        .isInstanceOf(PullException.class)
        .hasMessage(
            "me@there cannot be reached: ssh: Could not resolve hostname there: Name or service not"
                + " known; try: ssh me@there");
  }

  @Test
  void hostsThatAreOptionsAndFoldersWithQuotesAreRefused() {
    for (String wrong :
        List.of(
            "-oProxyCommand=x", "me@-x", "", "me@", "a b", "me@host:-x", "me@host:it's", "h\n")) {
      assertThatThrownBy(() -> RemoteHome.of(wrong, List.of()))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> RemoteHome.of("me@host", List.of("-x")))
        .hasMessageContaining("NAME=VALUE");
    assertThat(RemoteHome.of("me@host:/srv/a b", List.of("Port=22")).command())
        .startsWith("ssh", "-T", "-C", "-o", "Port=22")
        .contains("BatchMode=yes", "--", "me@host");
  }
}
