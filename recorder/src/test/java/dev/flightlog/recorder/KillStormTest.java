package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process with 8 writing threads at random moments, also while it recovers what the one
 * before it left. The ledger of what its calls had acknowledged is this process. {@code
 * -Dflightlog.kill.rounds=1000 -Dtest=KillStormTest} is the long form, about ten minutes.
 */
class KillStormTest {
  private static final int ROUNDS = Integer.getInteger("flightlog.kill.rounds", 10);
  private static final int ROUNDS_IN_A_FOLDER = 5;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void noEventIsLostWhoseCallHadReturnedAndNoneIsThereTwice() throws Exception {
    long seed = Long.getLong("flightlog.seed", System.nanoTime());
    System.out.println("seed: -Dflightlog.seed=" + seed + ", rounds: " + ROUNDS);
    Random random = new Random(seed);
    long all = 0;
    for (int round = 0; round < ROUNDS; ) {
      Path home = folder.resolve("home" + round);
      Set<String> acknowledged = new HashSet<>();
      int killed = 0;
      for (; killed < ROUNDS_IN_A_FOLDER && round < ROUNDS; killed++, round++) {
        acknowledged.addAll(round(home, round, random));
      }
      Journals.Recovered recovered = Journals.recover(home);
      assertThat(recovered.problems()).isEmpty();
      check(home, acknowledged, killed);
      all += acknowledged.size();
      delete(home);
    }
    System.out.println("acknowledged, and found once: " + all);
    assertThat(all).isPositive();
  }

  private static List<String> round(Path home, int round, Random random) throws Exception {
    Process child =
        Child.java(Writers.class.getName(), home.toString(), "" + round, "8", "1000000");
    CompletableFuture<Void> open = new CompletableFuture<>();
    CompletableFuture<List<String>> ledger =
        CompletableFuture.supplyAsync(() -> acknowledged(child, open));
    // Every fourth is killed on its way up, the others while they write.
    boolean young = random.nextInt(4) == 0;
    if (!young) {
      open.get(30, TimeUnit.SECONDS);
    }
    long micros = random.nextInt(young ? 300_000 : 200_000) + 1;
    assertThat(child.waitFor(micros, TimeUnit.MICROSECONDS)).as("ended by itself").isFalse();
    // Its pipe ends a moment before its lock on the ring does.
    child.destroyForcibly().waitFor();
    return ledger.get(30, TimeUnit.SECONDS);
  }

  /** Reads the child's ledger to its end; its last line may be torn. */
  private static List<String> acknowledged(Process child, CompletableFuture<Void> open) {
    List<String> acknowledged = new ArrayList<>();
    try (Reader in = child.inputReader()) {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c != '\n') {
          line.append((char) c);
          continue;
        }
        open.complete(null);
        if (line.indexOf(":") > 0) {
          acknowledged.add(line.toString());
        }
        line.setLength(0);
      }
    } catch (IOException e) {
      // The pipe ends with its process.
    }
    return acknowledged;
  }

  private static void check(Path home, Set<String> acknowledged, int killed) {
    assertThat(home.resolve("quarantine")).doesNotExist();
    List<String> torn = new ArrayList<>();
    Map<String, Integer> found = new HashMap<>();
    for (JsonNode line : Lines.of(home, torn)) {
      found.merge(line.at("/details/n").asText(), 1, Integer::sum);
    }
    Set<String> lost = new HashSet<>(acknowledged);
    lost.removeAll(found.keySet());
    assertThat(lost).as("acknowledged and lost").isEmpty();
    assertThat(found.values()).as("copies of an event").allMatch(copies -> copies == 1);
    assertThat(torn).as("torn lines").hasSizeLessThanOrEqualTo(killed);
    // A file that was killed while it was made has no events, and is removed when it is old.
    assertThat(home.resolve(".ring").toFile().list()).noneMatch(name -> name.endsWith(".ring"));
  }

  private static void delete(Path home) throws IOException {
    for (Path file : Lines.journals(home)) {
      Files.delete(file);
    }
  }
}
