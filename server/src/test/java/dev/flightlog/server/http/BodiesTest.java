package dev.flightlog.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.server.http.HttpConfig.Capacity;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodiesTest {
  private static final int CUT_OFF = 0;
  private static final String JSON = "application/json";

  @TempDir Path home;

  private static final Route COUNT =
      Route.post("/api/json", "Nodes", r -> Response.text(200, Integer.toString(r.json().size())))
          .takes(Payload.json(Schema.ANY));
  private static final Route SMALL =
      Route.post("/api/small", "", r -> Response.text(200, Integer.toString(r.body().length)))
          .takes(Payload.json(Schema.ANY))
          .limits(Limits.DEFAULT.body(1000));
  private static final Route RAW =
      Route.post("/api/raw", "", r -> Response.text(200, Arrays.hashCode(r.body()) + " bytes"))
          .takes(Payload.raw(Schema.ANY, "*/*"))
          .limits(Limits.DEFAULT.body(1000));

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Megabytes of blanks, which JSON allows, in some kilobytes. */
  private static byte[] bomb(int megabytes) {
    byte[] blanks = new byte[1 << 20];
    Arrays.fill(blanks, (byte) ' ');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(out)) {
      for (int i = 0; i < megabytes; i++) {
        zip.write(blanks);
      }
      zip.write('1');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void jsonIsTakenAsItIsAndAsGzip() {
    byte[] json = "[1,2,3]".getBytes(StandardCharsets.UTF_8);
    try (Running running = Running.of(home, COUNT)) {
      assertThat(running.post("/api/json", json, "Content-Type", JSON).body()).isEqualTo("3");
      String[] zipped = {
        "Content-Type", "Application/JSON; charset=UTF-8", "Content-Encoding", "gzip"
      };
      assertThat(running.post("/api/json", gzip(json), zipped).body()).isEqualTo("3");
    }
  }

  @Test
  void theLimitHoldsForWhatIsDecoded() {
    try (Running running = Running.of(home, COUNT, SMALL)) {
      String[] zipped = {"Content-Type", JSON, "Content-Encoding", "gzip"};
      assertThat(running.post("/api/json", bomb(19), zipped).statusCode()).isEqualTo(200);
      assertThat(running.post("/api/json", bomb(20), zipped).statusCode()).isEqualTo(413);
      assertThat(running.post("/api/json", bomb(400), zipped).statusCode()).isEqualTo(413);
      assertThat(running.post("/api/small", gzip(new byte[1001]), zipped).statusCode())
          .isEqualTo(413);
      assertThat(running.post("/api/small", gzip(new byte[1000]), zipped).body()).isEqualTo("1000");
    }
  }

  @Test
  void theLimitHoldsExactlyForWhatIsSent() throws IOException {
    try (Running running = Running.of(home, SMALL)) {
      String[] json = {"Content-Type", JSON};
      assertThat(running.post("/api/small", new byte[1000], json).body()).isEqualTo("1000");
      assertThat(running.post("/api/small", new byte[1001], json).statusCode()).isEqualTo(413);
      String chunked =
          "POST /api/small HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + ("64\r\n" + "x".repeat(100) + "\r\n").repeat(11)
              + "0\r\n\r\n";
      assertThat(Running.status(running.raw(chunked))).isEqualTo(413);
    }
  }

  /** A server that refuses a body in the middle closes, and its answer may be lost by that. */
  private static int statusOrCutOff(Running running, byte[] body, String... headers) {
    try {
      return running.post("/api/json", body, headers).statusCode();
    } catch (UncheckedIOException e) {
      return CUT_OFF;
    }
  }

  @Test
  void fiftyBombsAtOnceLeaveRoomForHonestRequests() throws Exception {
    byte[] bomb = bomb(400);
    String[] zipped = {"Content-Type", JSON, "Content-Encoding", "gzip"};
    try (Running running = Running.of(home, COUNT);
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> sends = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        sends.add(() -> statusOrCutOff(running, bomb, zipped));
      }
      for (Future<Integer> answer : senders.invokeAll(sends)) {
        assertThat(answer.get()).isIn(413, 503, CUT_OFF);
      }
      byte[] honest = "[1]".getBytes(StandardCharsets.UTF_8);
      assertThat(running.post("/api/json", honest, "Content-Type", JSON).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void otherTypesAndEncodingsAreRefused() {
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    try (Running running = Running.of(home, COUNT)) {
      assertThat(running.post("/api/json", json).statusCode()).isEqualTo(415);
      for (String type :
          List.of(
              "text/plain",
              "application/x-www-form-urlencoded",
              "multipart/form-data",
              "application/json; charset=utf-16",
              "application/json; charset=latin1",
              "json",
              "")) {
        assertThat(running.post("/api/json", json, "Content-Type", type).statusCode())
            .as(type)
            .isEqualTo(415);
      }
      String[] twice = {"Content-Type", JSON, "Content-Type", "text/plain"};
      assertThat(running.post("/api/json", json, twice).statusCode()).isEqualTo(415);
      for (String encoding : List.of("br", "zstd", "deflate", "gzip, gzip", "gzip, br", "snappy")) {
        String[] headers = {"Content-Type", JSON, "Content-Encoding", encoding};
        assertThat(running.post("/api/json", json, headers).statusCode())
            .as(encoding)
            .isEqualTo(415);
      }
    }
  }

  private static final String HEAD = "POST /api/json HTTP/1.1\r\nHost: localhost\r\n";

  @Test
  void aRefusedSmallBodyIsDroppedAndTheConnectionGoesOn() throws IOException {
    String refused = HEAD + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}";
    String last =
        HEAD + "Content-Type: application/json\r\nContent-Length: 3\r\nConnection: close\r\n\r\n";
    try (Running running = Running.of(home, COUNT)) {
      String answers = running.raw(refused + refused + last + "[1]");
      assertThat(answers.split("HTTP/1.1 415", -1)).hasSize(3);
      assertThat(answers).contains("HTTP/1.1 200").endsWith("\r\n\r\n1");
    }
  }

  @Test
  void anAnswerBeforeTheEndOfALargeBodySaysThatItCloses() throws IOException {
    String typed = "Content-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n";
    String foreign = "Origin: https://elsewhere.example\r\nContent-Length: 2\r\n\r\n";
    try (Running running = Running.of(home, COUNT)) {
      assertThat(running.raw(HEAD + typed)).contains("415").contains("Connection: close");
      assertThat(running.raw(HEAD + foreign)).contains("403").contains("Connection: close");
    }
  }

  @Test
  void whatIsNoGzipOrCutIsABadRequest() {
    byte[] zipped = gzip("[1,2,3]".getBytes(StandardCharsets.UTF_8));
    String[] headers = {"Content-Type", JSON, "Content-Encoding", "gzip"};
    try (Running running = Running.of(home, COUNT)) {
      for (byte[] body :
          List.of(
              "[1,2,3]".getBytes(StandardCharsets.UTF_8),
              Arrays.copyOf(zipped, zipped.length - 9),
              new byte[0])) {
        assertThat(running.post("/api/json", body, headers).statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void jsonThatIsBrokenDeepOrAmbiguousIsABadRequest() {
    List<String> bad =
        List.of(
            "",
            " ",
            "{",
            "[1,]",
            "{\"a\":1,\"a\":2}",
            "1 2",
            "{}x",
            "[".repeat(100_000),
            "[".repeat(65) + "]".repeat(65),
            "{\"a\":".repeat(70) + "1" + "}".repeat(70),
            "NaN",
            "'a'",
            "{a:1}",
            "// c\n1",
            "1" + "0".repeat(100),
            "\"\u0001\"",
            "\u0000{}");
    try (Running running = Running.of(home, COUNT)) {
      for (String json : bad) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        assertThat(running.post("/api/json", body, "Content-Type", JSON).statusCode())
            .as(json.substring(0, Math.min(json.length(), 40)))
            .isEqualTo(400);
      }
      byte[] latin1 = "[\"\u00e4\"]".getBytes(StandardCharsets.ISO_8859_1);
      assertThat(running.post("/api/json", latin1, "Content-Type", JSON).statusCode())
          .isEqualTo(400);
      byte[] utf16 = "[1]".getBytes(StandardCharsets.UTF_16);
      assertThat(running.post("/api/json", utf16, "Content-Type", JSON).statusCode())
          .isEqualTo(400);
      byte[] deepest = ("[".repeat(64) + "]".repeat(64)).getBytes(StandardCharsets.UTF_8);
      assertThat(running.post("/api/json", deepest, "Content-Type", JSON).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aRawBodyComesAsItWasSentAndOnlyItsSizeIsJudged() {
    byte[] zipped = gzip("[1]".getBytes(StandardCharsets.UTF_8));
    try (Running running = Running.of(home, RAW)) {
      String[] headers = {"Content-Type", "no/such", "Content-Encoding", "br"};
      assertThat(running.post("/api/raw?any=thing", zipped, headers).body())
          .isEqualTo(Arrays.hashCode(zipped) + " bytes");
      assertThat(running.post("/api/raw", new byte[1001], headers).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void moreBodiesThanMemoryAllowsAreSentBackForLater()
      throws InterruptedException, ExecutionException {
    Capacity some = Capacity.DEFAULT;
    Capacity small =
        new Capacity(
            some.connections(),
            4,
            4,
            64 * 1024,
            some.head(),
            some.body(),
            some.idle(),
            some.drain());
    HttpConfig config = HttpConfig.loopback(0, Tokens.inHome(home)).capacity(small);
    try (Running running = Running.of(config, COUNT)) {
      byte[] large = ("[" + " ".repeat(100_000) + "]").getBytes(StandardCharsets.UTF_8);
      var refused = running.post("/api/json", large, "Content-Type", JSON);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      byte[] honest = "[1]".getBytes(StandardCharsets.UTF_8);
      assertThat(running.post("/api/json", honest, "Content-Type", JSON).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void jsonThatBecomesFarMoreThanItWeighsIsTooLarge() {
    byte[] millions = ("[0" + ",0".repeat(4_000_000) + "]").getBytes(StandardCharsets.UTF_8);
    byte[] text = ("[\"" + "[{,".repeat(100_000) + "\"]").getBytes(StandardCharsets.UTF_8);
    String[] zipped = {"Content-Type", JSON, "Content-Encoding", "gzip"};
    try (Running running = Running.of(home, COUNT)) {
      assertThat(running.post("/api/json", gzip(millions), zipped).statusCode()).isEqualTo(413);
      assertThat(running.post("/api/json", gzip(text), zipped).body()).isEqualTo("1");
    }
  }

  @Test
  void largeAnswersThatNobodyReadsAreBoundedAndSmallOnesGoOn() throws Exception {
    byte[] large = new byte[30 << 20];
    Route answer =
        Route.get("/api/large", "", r -> Response.of(200, "text/plain", new Content.Bytes(large)));
    List<Socket> stalled = new ArrayList<>();
    try (Running running = Running.of(home, answer, COUNT)) {
      for (int i = 0; i < 2; i++) {
        Socket socket = running.socket();
        stalled.add(socket);
        socket.getOutputStream().write(get("/api/large"));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      var refused = running.get("/api/large");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("2");
      assertThat(
              running
                  .post("/api/json", "[1]".getBytes(StandardCharsets.UTF_8), "Content-Type", JSON)
                  .statusCode())
          .isEqualTo(200);
      for (Socket socket : stalled) {
        socket.close();
      }
      int status = 503;
      for (int tries = 0; status == 503 && tries < 2000; tries++) {
        status = running.get("/api/large").statusCode();
      }
      assertThat(status).isEqualTo(200);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  private static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
