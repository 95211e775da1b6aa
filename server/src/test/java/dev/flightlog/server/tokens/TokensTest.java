package dev.flightlog.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.server.web.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path home;

  @Test
  void onlyTheHashIsStoredForTheOwnerAlone() throws IOException {
    String token = Tokens.inHome(home).add("laptop", NOW);
    Path file = home.resolve(Tokens.FILE_NAME);
    assertThat(token).hasSizeGreaterThanOrEqualTo(46).startsWith("flt_");
    assertThat(Files.readString(file)).doesNotContain(token.substring(4)).contains("laptop");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.list(home)).containsExactly(file);
  }

  @Test
  void aTokenIsKnownWhereverTheHomeIsOpen() {
    Tokens one = Tokens.inHome(home);
    Tokens other = Tokens.inHome(home);
    String token = one.add("laptop", NOW);
    assertThat(other.knows(token)).isTrue();
    assertThat(other.knows(token + "x")).isFalse();
    assertThat(other.knows("")).isFalse();
    assertThat(other.all()).extracting(Tokens.Token::name).containsExactly("laptop");
    other.remove("laptop");
    assertThat(one.knows(token)).isFalse();
    assertThat(one.isEmpty()).isTrue();
  }

  @Test
  void twoTokensAreNeverTheSame() {
    Tokens tokens = Tokens.inHome(home);
    assertThat(tokens.add("a", NOW)).isNotEqualTo(tokens.add("b", NOW));
  }

  @Test
  void namesThatAreTakenOrNoNamesAreRefused() {
    Tokens tokens = Tokens.inHome(home);
    tokens.add("laptop", NOW);
    for (String name : List.of("laptop", "", " ", "../x", "a b", "x".repeat(65), "-x", "a\nb")) {
      assertThatThrownBy(() -> tokens.add(name, NOW)).isInstanceOf(ServerException.class);
    }
    assertThatThrownBy(() -> tokens.remove("phone"))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("phone");
  }

  @Test
  void aDamagedFileOpensNothing() throws IOException {
    for (String damaged : List.of("", "{", "[]", "{\"tokens\":[{}]}", "{\"tokens\":1}")) {
      Files.writeString(home.resolve(Tokens.FILE_NAME), damaged);
      assertThatThrownBy(() -> Tokens.inHome(home))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining(Tokens.FILE_NAME);
    }
  }
}
