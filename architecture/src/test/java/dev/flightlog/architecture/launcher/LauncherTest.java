package dev.flightlog.architecture.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.architecture.launcher.Checkout.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  @TempDir Path folder;
  private Checkout checkout;

  @BeforeEach
  void aCheckoutWithABlankInItsPath() throws IOException {
    checkout = new Checkout(folder.resolve("My Flüge 飞行/flightlog"), folder);
  }

  @Test
  void theFirstCommandBuildsTellsItsStepsAndRuns() throws IOException {
    Ran first = checkout.flightlog("ask", "errors");
    assertThat(first.text())
        .contains("flightlog: building", "step 1 of 1: flightlog-cli", "words ask|errors");
    assertThat(first.code()).isZero();
    assertThat(checkout.flightlog("ask").text()).startsWith("heap ");
  }

  @Test
  void documentsAndTestsCauseNoBuildAndNeitherDoSourcesThatWereOnlyTouched() throws IOException {
    checkout.flightlog("ask");
    List<String> builds = checkout.builds();
    checkout.maven("echo must not run; exit 1\n");
    checkout.write("README.md", "read me again\n");
    checkout.write("cli/README.md", "new\n");
    checkout.write("cli/src/test/java/MainTest.java", "class MainTest { int changed; }\n");
    checkout.write("cli/pom.xml", "<project/>\n");
    assertThat(checkout.flightlog("ask").text()).startsWith("heap ");
    assertThat(checkout.builds()).isEqualTo(builds);
  }

  @Test
  void aChangedAddedOrDeletedSourceMakesAnotherBuildAndTheOldOneGoes() throws IOException {
    checkout.flightlog("ask");
    List<String> first = checkout.builds();
    checkout.write("cli/src/main/resources/words.txt", "new\n");
    assertThat(checkout.flightlog("ask").text()).contains("flightlog: built in");
    List<String> second = checkout.builds();
    assertThat(second).hasSize(1).isNotEqualTo(first);
    Files.delete(folder.resolve("My Flüge 飞行/flightlog/cli/src/main/resources/words.txt"));
    checkout.flightlog("ask");
    assertThat(checkout.builds()).isEqualTo(first);
  }

  @Test
  void whoServesRunsTheNewestBuildWhateverTheSourcesAre() throws IOException {
    checkout.flightlog("ask");
    checkout.write("cli/src/main/resources/words.txt", "new\n");
    checkout.maven("echo must not run; exit 1\n");
    for (String word : List.of("mcp", "statusline", "hook")) {
      assertThat(checkout.flightlog("--home", "ask", word).text()).startsWith("heap ");
    }
    Ran ask = checkout.flightlog("ask", "mcp");
    assertThat(ask.code()).isEqualTo(1);
    assertThat(ask.text()).contains("the build failed");
  }

  @Test
  void aBuilderThatWasKilledIsWaitedForByNobody() throws Exception {
    checkout.maven("echo '[INFO] Building hangs [1/1]'; exec sleep 600\n");
    Process builder = checkout.start("ask");
    var lines = builder.inputReader();
    assertThat(lines.readLine()).contains("building");
    assertThat(lines.readLine()).contains("step 1 of 1: hangs");
    List<ProcessHandle> ours = builder.descendants().toList();
    try {
      // Launcher and builder die at once; what they had started lives on.
      builder.descendants().filter(LauncherTest::isBuilder).forEach(LauncherTest::kill);
      kill(builder.toHandle());
      checkout.mavenWorks();
      assertThat(checkout.flightlog("ask").text()).doesNotContain("waiting").contains("words ask");
    } finally {
      ours.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static boolean isBuilder(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("app.sh")
        && process
            .parent()
            .flatMap(parent -> parent.info().commandLine())
            .orElse("")
            .contains("flightlog ask");
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Test
  void aBuildStaysWhileAProgramRunsFromItAndGoesAtALaterBuild() throws Exception {
    checkout.flightlog("ask");
    List<String> first = checkout.builds();
    Process server = checkout.start("serve");
    var lines = server.inputReader();
    assertThat(lines.readLine()).contains("words serve");
    checkout.write("cli/src/main/resources/words.txt", "new\n");
    checkout.flightlog("ask");
    assertThat(checkout.builds()).hasSize(2).containsAll(first);
    server.getOutputStream().close();
    assertThat(lines.lines().toList()).last().isEqualTo("Late");
    assertThat(server.waitFor()).isZero();
    checkout.write("cli/src/main/resources/words.txt", "newer\n");
    checkout.flightlog("ask");
    assertThat(checkout.builds()).hasSize(1).doesNotContainAnyElementsOf(first);
  }

  @Test
  void theCacheOfServersIsMadeInTheBackgroundOnceAndServersAloneUseIt() throws Exception {
    checkout.tool("sleep", "");
    checkout.write(
        "build/train.sh",
        """
        [ "${5:-}" = server ] || exit 1
        echo trained >>"$HOME/trainings"
        echo "of servers" >"$3"
        """);
    checkout.flightlog("ask");
    Path cache = checkout.build().resolve("flightlog-server.aot");
    appears(cache);
    assertThat(checkout.flightlog("mcp").text()).contains("cache " + cache).contains("words mcp");
    for (String word : List.of("ask", "worker", "task")) {
      assertThat(checkout.flightlog(word).text()).doesNotContain("flightlog-server.aot");
    }
    assertThat(folder.resolve("trainings")).hasContent("trained");
  }

  @Test
  void aCacheThatCannotBeMadeIsTriedOnceAndKeepsNobodyFromServing() throws Exception {
    checkout.tool("sleep", "");
    checkout.write("build/train.sh", "echo tried >>\"$HOME/trainings\"; exit 1\n");
    checkout.flightlog("ask");
    appears(checkout.build().resolve("flightlog-server.aot.failed"));
    List<String> tried = Files.readAllLines(folder.resolve("trainings"));
    assertThat(checkout.flightlog("mcp").text()).contains("words mcp").contains("cache null");
    assertThat(folder.resolve("trainings")).hasContent(String.join("\n", tried));
  }

  /** Waits for what is made in the background. */
  private static void appears(Path file) throws Exception {
    try (var watch = file.getFileSystem().newWatchService()) {
      file.resolveSibling(".").normalize().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      while (!Files.exists(file)) {
        var key = watch.poll(30, TimeUnit.SECONDS);
        assertThat(key).as("%s", file).isNotNull();
        key.pollEvents();
        key.reset();
      }
    }
  }

  @Test
  void onlyTheCommandWordDecidesHowJavaIsStarted() throws IOException {
    checkout.flightlog("ask");
    assertThat(checkout.flightlog("worker").text()).startsWith("heap 92 ");
    for (List<String> words :
        List.of(
            List.of("ask", "worker"),
            List.of("--home", "worker", "ask"),
            List.of("--format", "serve", "search", "import"))) {
      assertThat(checkout.flightlog(words.toArray(String[]::new)).text())
          .startsWith("heap 989 ")
          .contains("words " + String.join("|", words));
    }
  }

  @Test
  void namesAndWordsAreUtf8UnderAnyLocale() throws IOException {
    Path file = Files.writeString(folder.resolve("übung.jsonl"), "{}\n");
    for (List<String> locale :
        List.of(List.of("LC_ALL", "C"), List.of("LANG", "xx_YY.UTF-8"), List.of("LANG", ""))) {
      checkout.with("LC_ALL", "").with("LANG", "").with(locale.get(0), locale.get(1));
      assertThat(checkout.flightlog("ask", file.toString()).text())
          .as("%s", locale)
          .contains("words ask|" + file)
          .contains("exists true");
    }
  }

  @Test
  void processOneWaitsForWhomNobodyElseWaitsFor() throws Exception {
    // The program leaves a child behind that ends later, and looks whether it is waited for.
    String program =
        "(sleep 0.2 &); sleep 1; grep -ls '^State:.Z' /proc/[0-9]*/status; echo looked; exit 7";
    Ran ran =
        checkout.run(
            folder,
            List.of(
                "unshare",
                "-rpf",
                "--mount-proc",
                "sh",
                "-c",
                ". \"$0\"; as_process_one sh -c \"$1\"",
                Path.of("../build/start.sh").toAbsolutePath().toString(),
                program));
    if (ran.text().startsWith("unshare:")) {
      System.out.println("NOT TESTED: process 1 of a container, unshare is not allowed here");
      return;
    }
    assertThat(ran.text()).isEqualTo("looked\n");
    assertThat(ran.code()).isEqualTo(7);
  }

  @Test
  void aJavaThatIsTooOldIsRefusedInWordsAndNotKept() throws IOException {
    checkout.flightlog("ask");
    Path old = folder.resolve("old");
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
    Files.createSymbolicLink(old.resolve("bin/java"), Path.of("/bin/true"));
    checkout.with("FLIGHTLOG_JAVA_HOME", old.toString());
    Ran refused = checkout.flightlog("ask");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.text())
        .isEqualTo(
            "flightlog: FLIGHTLOG_JAVA_HOME=%s is Java 17, and 25 or newer is needed: name another, or unset it\n"
                .formatted(old));
    checkout.with("FLIGHTLOG_JAVA_HOME", "");
    assertThat(checkout.flightlog("ask").text()).startsWith("heap ");
  }

  @Test
  void withoutAHomeOrAWritableCheckoutItRunsWhatIsBuilt() throws IOException {
    checkout.flightlog("ask");
    assertThat(checkout.with("HOME", "").flightlog("ask").text()).startsWith("heap ");
  }
}
