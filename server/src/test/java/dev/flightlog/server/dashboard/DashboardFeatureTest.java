package dev.flightlog.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.server.http.HttpConfig;
import dev.flightlog.server.http.HttpServer;
import dev.flightlog.server.http.Running;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardFeatureTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final TaskId ID = new TaskId("task-7f3a");

  @TempDir Path home;

  private SampleHome sample;
  private Running running;

  @BeforeEach
  void aServer() throws IOException {
    sample = new SampleHome(home);
    running = Running.with(home, sample.feature);
  }

  @AfterEach
  void close() {
    running.close();
    sample.close();
  }

  private void someEvents() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      events.add(
          Event.builder(
                  EventIds.ofKey("e" + i),
                  SampleHome.NOW.minusSeconds(90_000 - i),
                  "tool_call",
                  Category.EXECUTION)
              .set(Field.SESSION_ID, "s-1")
              .set(Field.PROJECT, "shop")
              .set(Field.AGENT_NAME, i % 10 == 0 ? "Explore" : "main")
              .set(Field.SUCCESS, i % 5 != 0)
              .details(Map.of("tool", "Bash", "input", Map.of("file_path", "/src/a" + i % 3)))
              .build());
    }
    sample.add(events);
  }

  private Document page(String path) {
    HttpResponse<String> answer = running.get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return Jsoup.parse(answer.body());
  }

  @Test
  void everyPageSaysWhatToDoWhenThereIsNothing() {
    for (String path : ListedPages.ALL) {
      Document page = page(path);
      assertThat(page.select("h1")).as(path).hasSize(1);
      assertThat(page.select("nav a[aria-current=page]")).as(path).hasSize(1);
    }
    assertThat(page("/sessions").select(".empty code").text())
        .isEqualTo("flightlog import ~/.claude/projects");
    assertThat(page("/tasks").select(".empty code").text()).startsWith("flightlog task add");
  }

  @Test
  void aPageTakesScriptsAndStylesFromThisServerOnly() {
    HttpResponse<String> answer = running.get("/sessions");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe", "http");
    Document page = Jsoup.parse(answer.body());
    assertThat(page.select("script:not([src]), style, [style]")).isEmpty();
    page.select("script, link")
        .forEach(named -> {
          String file = named.hasAttr("src") ? named.attr("src") : named.attr("href");
          assertThat(running.get(file).statusCode()).as(file).isEqualTo(200);
        });
  }

  @Test
  void aSessionLeadsToItsEventsAndEachToAllItHas() {
    someEvents();
    Document sessions = page("/sessions");
    assertThat(sessions.select("tbody tr")).hasSize(1);
    assertThat(sessions.select("tbody tr").text()).contains("s-1", "shop", "450", "90");
    Document session = page(sessions.select("tbody th a").attr("href"));
    assertThat(session.select("#timeline li[data-key]:not(.day)")).hasSize(200);
    assertThat(session.select("#timeline li.sub")).hasSize(20);
    assertThat(session.select("#files tbody tr")).hasSize(3);
    Document errors = page("/session?id=s-1&show=errors");
    assertThat(errors.select("#timeline li.failed")).hasSize(90);
    Document event = page(session.select("#timeline .when").attr("href"));
    assertThat(event.select("#details").text()).contains("/src/a0");
  }

  @Test
  void aSearchGoesOnWhereThePageBeforeEnded() {
    someEvents();
    String path = "/search?tool=Bash";
    int seen = 0;
    int pages = 0;
    while (!path.isEmpty()) {
      Document page = page(path);
      seen += page.select("tbody tr").size();
      pages++;
      path = page.select(".pager a").attr("href");
    }
    assertThat(seen).isEqualTo(450);
    assertThat(pages).isEqualTo(5);
  }

  @Test
  void onlyWhatCanChangeIsSentToAPageThatIsShown() {
    String whole = running.get("/health").body();
    String part = running.get("/health", "Flightlog-Fragment", "main").body();
    assertThat(part).startsWith("<main").endsWith("</main>");
    assertThat(whole).contains(part);
  }

  @Test
  void whatIsNotThereIsSaidOnAPage() {
    HttpResponse<String> answer = running.get("/session?id=nobody");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Jsoup.parse(answer.body()).select("main .empty").text()).contains("nobody");
    assertThat(running.get("/sessions?since=yesteryear").statusCode()).isEqualTo(400);
    assertThat(running.get("/assets/../x").statusCode()).isIn(400, 404);
  }

  @Test
  void aTaskIsCancelledByItsForm() throws IOException {
    sample.task(ID, "Review it");
    Document page = page("/task?id=task-7f3a");
    assertThat(page.select("main").text()).contains("Review it", "queued");
    var form = page.select("form[action=/task/cancel]");
    assertThat(form.attr("method")).isEqualTo("post");
    HttpResponse<String> done =
        running.post("/task/cancel", fields("id=task-7f3a"), "Content-Type", FORM);
    assertThat(done.statusCode()).isEqualTo(303);
    assertThat(sample.folders.find(ID).orElseThrow().status()).isEqualTo(TaskStatus.CANCELLED);
    Document after = page(done.headers().firstValue("Location").orElseThrow());
    assertThat(after.select("[role=status].done").text()).isEqualTo("It is cancelled.");
  }

  @Test
  void aPageOfAnotherSiteCanDoNothing() throws IOException {
    sample.task(ID, "Review it");
    for (String[] headers :
        new String[][] {
          {"Content-Type", FORM, "Origin", "http://evil.example"},
          {"Content-Type", FORM, "Origin", "null"},
          {"Content-Type", FORM, "Sec-Fetch-Site", "cross-site"},
        }) {
      HttpResponse<String> answer = running.post("/task/cancel", fields("id=task-7f3a"), headers);
      assertThat(answer.statusCode()).as(String.join(" ", headers)).isEqualTo(403);
    }
    assertThat(
            running
                .post(
                    "/task/cancel", fields("{\"id\":\"task-7f3a\"}"), "Content-Type", "text/plain")
                .statusCode())
        .isEqualTo(415);
    assertThat(sample.folders.find(ID).orElseThrow().status()).isEqualTo(TaskStatus.QUEUED);
  }

  @Test
  void fromElsewhereATokenIsGivenOnceAndKeptInACookie() throws Exception {
    Tokens tokens = Tokens.inHome(home);
    String token = tokens.add("laptop", SampleHome.NOW);
    HttpConfig config = HttpConfig.loopback(0, tokens).tokenAlways(true);
    try (HttpServer server = HttpServer.start(config, List.of(sample.feature));
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(get(client, server, "/tasks").statusCode()).isEqualTo(401);
      assertThat(get(client, server, "/sign-in").statusCode()).isEqualTo(200);
      assertThat(get(client, server, "/assets/flightlog.css").statusCode()).isEqualTo(200);
      HttpResponse<String> wrong = signIn(client, server, "flt_guessed");
      assertThat(wrong.headers().firstValue("Location")).contains("/sign-in?wrong=true");
      assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
      String cookie =
          signIn(client, server, token).headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
      String pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(get(client, server, "/tasks", "Cookie", "a=b; " + pair).statusCode())
          .isEqualTo(200);
      assertThat(
              get(client, server, "/tasks", "Cookie", pair, "Origin", "http://evil.example")
                  .statusCode())
          .isEqualTo(403);
    }
  }

  private static HttpResponse<String> get(
      HttpClient client, HttpServer server, String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> signIn(HttpClient client, HttpServer server, String token)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.uri().resolve("/sign-in"))
            .header("Content-Type", FORM)
            .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] fields(String form) {
    return form.getBytes(StandardCharsets.UTF_8);
  }
}
