package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.store.StoreException;
import dev.flightlog.stores.clickhouse.http.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses of stores in ClickHouse. */
class ServerAddressTest {
  private static Servers read(String rest) {
    return ServerAddress.read(rest, _ -> "from the environment");
  }

  @Test
  void hostsAndDatabaseAreRead() {
    Servers servers = read("//me@db1,db2:9000,[::1]:1234/flightlog");
    assertThat(servers.hosts()).containsExactly("db1:8123", "db2:9000", "[::1]:1234");
    assertThat(servers.user()).isEqualTo("me");
    assertThat(servers.database()).isEqualTo("flightlog");
    assertThat(servers.password()).isEqualTo("from the environment");
    assertThat(servers.cluster()).isEmpty();
    assertThat(servers).hasToString("clickhouse://me@db1:8123,db2:9000,[::1]:1234/flightlog");
  }

  @Test
  void optionsAreRead(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a b"), "pass word\n");
    Servers servers =
        read("//u@h/d?cluster=c-1&tls=true&password_file=" + file.toString().replace(" ", "%20"));
    assertThat(servers.hosts()).containsExactly("h:8443");
    assertThat(servers.password()).isEqualTo("pass word");
    assertThat(servers.cluster()).isEqualTo(Optional.of("c-1"));
    assertThat(servers.replicated()).isTrue();
    assertThat(read("//u@h/d?cluster=c&replication=none").replicated()).isFalse();
    assertThat(read("//u@h/d?sums_from=500").sumsFrom()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "//u:secret@h/d | there is a password in it",
        "//@h/d | no user",
        "//u@/d | is no host",
        "//u@h:0/d | is no port",
        "//u@h:99999/d | is no port",
        "//u@h,/d | is no host",
        "//u@h | not of the form",
        "//u@h/ | name of the database",
        "//u@h/a`b | name of the database",
        "//u@h/d?what=1 | no option 'what'",
        "//u@h/d?tls=yes | true or false",
        "//u@h/d?cluster=a`b | name of a cluster",
        "//u@h/d?replication=keeper | needs cluster",
        "//u@h/d?cluster=c&replication=often | keeper or none",
        "//u@h/d?sums_from=0 | from 1 to 999999999",
        "//u@h/d?sums_from=many | from 1 to 999999999",
        "//u@h/d?password_file=/nowhere/at/all | cannot be read",
        "h/d | not of the form"
      })
  void whatIsWrongIsSaidAndNoSecretWithIt(String rest, String told) {
    assertThatThrownBy(() -> read(rest))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(told)
        .hasMessageContaining("clickhouse://user@host1,host2/flightlog")
        .hasMessageNotContaining("secret@");
  }
}
