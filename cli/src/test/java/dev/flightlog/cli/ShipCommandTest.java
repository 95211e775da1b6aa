package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ship} says without a server; what it sends is tested with a real one in home. */
class ShipCommandTest {
  @TempDir Path folder;

  private Shell shell() {
    return new Shell(folder);
  }

  @Test
  void withoutAStoreThatMachinesShareItSaysWhatToSet() {
    Shell shell = shell();
    assertThat(shell.call("ship", "--once")).isEqualTo(2);
    assertThat(shell.err).contains("store.address", "FLIGHTLOG_STORE_ADDRESS", "forwarding.to");
    assertThat(shell.call("ship", "--status")).isEqualTo(2);
  }

  @Test
  void theStatusCountsWhatWaitsWithoutAskingTheServer() {
    Shell shell = shell();
    for (int i = 0; i < 3; i++) {
      assertThat(shell.call("record", "deploy_finished", "--field", "success=true")).isZero();
    }
    shell.environment.put("FLIGHTLOG_STORE_ADDRESS", "clickhouse://me@db.invalid/flightlog");
    assertThat(shell.call("ship", "--status")).isZero();
    assertThat(shell.out)
        .contains(
            "clickhouse://me@db.invalid/flightlog", "3 events in 1 file", "never confirmed yet");
    assertThat(shell.call("ship", "--status", "--format", "json")).isZero();
    assertThat(shell.out)
        .contains("\"events\":3", "\"files\":1", "\"problem\":\"\"")
        .doesNotContain("confirmed_at");
  }

  @Test
  void anAddressThatIsNoneIsNamedWithWhatIsWrong() {
    Shell shell = shell();
    shell.environment.put("FLIGHTLOG_STORE_ADDRESS", "clickhouse://me@/flightlog");
    assertThat(shell.call("ship", "--once")).isNotZero();
    assertThat(shell.err).contains("clickhouse://");
  }
}
