package dev.flightlog.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.server.web.Access;
import dev.flightlog.server.web.Method;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
  private static final Route THING =
      Route.get("/api/things/{name}", "A thing", request -> Response.text(200, "ok"));
  private static final Route MADE =
      Route.post("/api/things", "Make one", request -> Response.text(200, "made"))
          .takes(Payload.json(Schema.ANY));
  private static final Route SIGNED =
      Route.post("/webhooks/{provider}", "Signed", request -> Response.text(200, "taken"))
          .takes(Payload.raw(Schema.ANY, "application/json"))
          .access(Access.OPEN);

  @TempDir Path home;

  private static String request(Route route, String... headers) {
    String path = route.path().replaceAll("\\{[a-z_]+}", "x");
    StringBuilder out = new StringBuilder(route.method() + " " + path + " HTTP/1.1\r\n");
    List.of(headers).forEach(header -> out.append(header).append("\r\n"));
    out.append("Connection: close\r\n");
    if (route.method() == Method.POST) {
      out.append("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    } else {
      out.append("\r\n");
    }
    return out.toString();
  }

  private static List<Route> everything(Running running) {
    List<Route> all = new ArrayList<>(running.server.routes());
    all.add(Route.get("/nowhere", "", request -> Response.empty(200)));
    all.add(Route.get("/", "", request -> Response.empty(200)));
    return all;
  }

  @Test
  void anotherNameInHostIsRefusedOnEveryRoute() throws IOException {
    try (Running running = Running.of(home, THING, MADE, SIGNED)) {
      String port = ":" + running.port();
      List<String> foreign =
          List.of(
              "evil.example",
              "evil.example" + port,
              "localhost.evil.example" + port,
              "127.0.0.1.evil.example",
              "localhost.",
              "127.0.0.1." + port,
              "127.1" + port,
              "2130706433" + port,
              "0x7f.1",
              "0.0.0.0" + port,
              "[::]" + port,
              "192.168.1.1" + port,
              "169.254.169.254",
              "localhost@evil.example",
              "user@localhost",
              "localhost:80:80",
              "metadata.google.internal",
              "localhost%00.evil",
              "a,localhost",
              "localhost/evil");
      for (Route route : everything(running)) {
        for (String host : foreign) {
          assertThat(Running.status(running.raw(request(route, "Host: " + host))))
              .as(route + " as " + host)
              .isIn(400, 403);
        }
        String none = request(route).replace("HTTP/1.1", "HTTP/1.0");
        assertThat(Running.status(running.raw(none))).as(route + " without").isEqualTo(403);
        String two = request(route, "Host: localhost" + port, "Host: evil.example");
        assertThat(Running.status(running.raw(two))).as(route + " twice").isEqualTo(400);
      }
    }
  }

  @Test
  void aRefusalIsAProblemAndCarriesTheSecurityHeaders() throws IOException {
    try (Running running = Running.of(home, THING)) {
      String answer = running.raw(request(THING, "Host: evil.example"));
      assertThat(answer)
          .startsWith("HTTP/1.1 403 ")
          .contains("Content-Type: application/problem+json")
          .contains("X-Content-Type-Options: nosniff")
          .contains("Content-Security-Policy: default-src 'none'")
          .contains("\"status\":403")
          .contains("server.names");
    }
  }

  @Test
  void aRefusalWithoutABodyKeepsTheConnection() throws IOException {
    try (Running running = Running.of(home, THING)) {
      String two =
          "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"
              + "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      assertThat(running.raw(two).split("HTTP/1.1 404 ", -1)).hasSize(3);
    }
  }

  @Test
  void namesOfLoopbackAndConfiguredOnesAreOurs() throws IOException {
    Tokens tokens = Tokens.inHome(home);
    String token = tokens.add("proxy", Instant.EPOCH);
    HttpConfig config = HttpConfig.loopback(0, tokens).name("flightlog.example");
    try (Running running = Running.of(config, THING)) {
      for (String host : List.of("localhost", "LOCALHOST:9000", "127.0.0.1", "[::1]:4280")) {
        assertThat(Running.status(running.raw(request(THING, "Host: " + host))))
            .as(host)
            .isEqualTo(200);
      }
      String named = "Host: flightlog.example";
      assertThat(Running.status(running.raw(request(THING, named)))).isEqualTo(401);
      String authorized = request(THING, named, "Authorization: Bearer " + token);
      assertThat(Running.status(running.raw(authorized))).isEqualTo(200);
    }
  }

  @Test
  void whatAnotherSiteSendsIsRefusedOnEveryRoute() throws IOException {
    try (Running running = Running.of(home, THING, MADE, SIGNED)) {
      String host = "localhost:" + running.port();
      List<String> foreign =
          List.of(
              "Origin: null",
              "Origin: https://evil.example",
              "Origin: http://localhost",
              "Origin: http://localhost:3000",
              "Origin: http://127.0.0.1:" + running.port(),
              "Origin: http://" + host + ".evil.example",
              "Origin: file://",
              "Origin: http://" + host + "/",
              "Origin:",
              "Origin: http://" + host + ", null",
              "Origin: chrome-extension://abc",
              "Sec-Fetch-Site: cross-site",
              "Sec-Fetch-Site: same-site");
      for (Route route : everything(running)) {
        for (String header : foreign) {
          assertThat(Running.status(running.raw(request(route, "Host: " + host, header))))
              .as(route + " with " + header)
              .isEqualTo(403);
        }
        String two =
            request(
                route, "Host: " + host, "Origin: http://" + host, "Origin: https://evil.example");
        assertThat(Running.status(running.raw(two))).isEqualTo(403);
      }
      for (String own : List.of("Origin: http://" + host, "Sec-Fetch-Site: same-origin")) {
        assertThat(Running.status(running.raw(request(THING, "Host: " + host, own))))
            .isEqualTo(200);
      }
    }
  }

  @Test
  void aLinkFromElsewhereMayBeFollowedButNoFormSent() throws IOException {
    try (Running running = Running.of(home, THING, MADE)) {
      String[] click = {
        "Host: localhost",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Mode: navigate",
        "Sec-Fetch-Dest: document"
      };
      assertThat(Running.status(running.raw(request(THING, click)))).isEqualTo(200);
      assertThat(Running.status(running.raw(request(MADE, click)))).isEqualTo(403);
    }
  }

  @Test
  void aTokenIsAskedForOnEveryRouteButThoseThatKnowTheirCallers() throws IOException {
    Tokens tokens = Tokens.inHome(home);
    String token = tokens.add("me", Instant.EPOCH);
    HttpConfig config = HttpConfig.loopback(0, tokens).tokenAlways(true);
    try (Running running = Running.of(config, THING, MADE, SIGNED)) {
      List<String> wrong =
          List.of(
              "X-Nothing: 1",
              "Authorization: Bearer",
              "Authorization: Bearer " + token + "x",
              "Authorization: Basic " + token,
              "Authorization: " + token,
              "Authorization: Bearer flt_" + "A".repeat(43));
      for (Route route : everything(running)) {
        boolean open = route.access() == Access.OPEN;
        for (String header : wrong) {
          String answer = running.raw(request(route, "Host: localhost", header));
          assertThat(Running.status(answer) == 401).as(route + " with " + header).isEqualTo(!open);
          assertThat(answer.contains("WWW-Authenticate: Bearer")).isEqualTo(!open);
        }
        String right = request(route, "Host: localhost", "Authorization: Bearer " + token);
        assertThat(Running.status(running.raw(right))).as(route.toString()).isIn(200, 404);
      }
    }
  }

  @Test
  void aRemovedTokenIsNoLongerKnown() throws IOException {
    Tokens tokens = Tokens.inHome(home);
    String token = tokens.add("me", Instant.EPOCH);
    HttpConfig config = HttpConfig.loopback(0, Tokens.inHome(home)).tokenAlways(true);
    try (Running running = Running.of(config, THING)) {
      String request = request(THING, "Host: localhost", "Authorization: Bearer " + token);
      assertThat(Running.status(running.raw(request))).isEqualTo(200);
      tokens.remove("me");
      assertThat(Running.status(running.raw(request))).isEqualTo(401);
    }
  }

  @Test
  void damagedTokensRefuseForNowAndAreReadAgainWhenTheyAreMended() throws IOException {
    Tokens tokens = Tokens.inHome(home);
    String token = tokens.add("laptop", Instant.EPOCH);
    String good = Files.readString(home.resolve(Tokens.FILE_NAME));
    HttpConfig config = HttpConfig.loopback(0, Tokens.inHome(home)).tokenAlways(true);
    try (Running running = Running.of(config, THING)) {
      int age = 1;
      for (String damaged : List.of("{", "", "{\"tokens\":[1e99999999999]}", "[]", "\u00ff")) {
        write(damaged, age++);
        var answer = running.get("/api/things/x", "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).as(damaged).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      }
      write(good, age);
      assertThat(running.get("/api/things/x", "Authorization", "Bearer " + token).statusCode())
          .isEqualTo(200);
    }
  }

  private void write(String text, int seconds) throws IOException {
    Path file = home.resolve(Tokens.FILE_NAME);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(seconds)));
  }
}
