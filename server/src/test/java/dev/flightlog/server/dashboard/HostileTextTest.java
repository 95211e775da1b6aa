package dev.flightlog.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Method;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.tasks.TaskId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever writes a log may write what a browser would run. */
class HostileTextTest {
  private static final int SHARED = 100;

  /** Of 500; the usual hundred has each payload four times, and each of its places five times. */
  private static final int TEXTS = Integer.getInteger("flightlog.dashboard.texts", 100);

  /** What is found by a text depends on the text, so the two pages may differ. */
  private static final String FOUND = "found ";

  private static final List<String> PAYLOADS =
      List.of(
          "<script>alert(1)</script>",
          "</script><script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "<svg onload=alert(1)>",
          "<svg><script>alert(1)</script></svg>",
          "</title><h1>x</h1>",
          "</pre></td></table><iframe src=//x>",
          "\" onmouseover=\"alert(1)",
          "' onmouseover='alert(1)",
          "\"><b>x</b>",
          "'><b>x</b>",
          "javascript:alert(1)",
          "JaVaScRiPt:alert(1)//<a href=x>",
          "<a href=\"javascript:alert(1)\">x</a>",
          "<!-- <b> --><b>",
          "<![CDATA[<b>x</b>]]>",
          "<?xml version=\"1.0\"?><b>x</b>",
          "&lt;b&gt;x&lt;/b&gt;",
          "&#60;b&#62;x",
          "<style>*{display:none}</style>",
          "<base href=//x><form action=//x>",
          "<math><mi xlink:href=javascript:alert(1)>",
          "<template><b>x</b></template>",
          "//evil.example/%2e%2e/<b>",
          "${alert(1)}{{alert(1)}}<b>");

  private static final List<String> AROUND =
      List.of(
          "%s",
          "a%s",
          "%s\nb",
          "\u0000%s",
          "\u202e%s",
          "\ufeff%s\ufeff",
          "<%s",
          "</%s",
          "%s<!--",
          "\"%s",
          "'%s'",
          "`%s`",
          "\ud83d\ude00%s",
          "\ud800%s",
          "-->%s",
          "]]>%s",
          "%s\t<b",
          "x=%s&y=<b>",
          "  %s  ",
          "\\%s\\");

  @TempDir Path home;

  /** The same with letters for what means something in HTML: as long, and as different. */
  private static String harmless(String hostile) {
    StringBuilder out = new StringBuilder(hostile);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      int at = "<>&\"'`=/!?#;:(){}$%[]".indexOf(c);
      out.setCharAt(i, at < 0 ? c : (char) ('\u0430' + at));
    }
    return out.toString();
  }

  private static List<String> hostile() {
    List<String> all = new ArrayList<>();
    for (String around : AROUND) {
      for (String payload : PAYLOADS) {
        all.add(around.replace("%s", payload));
      }
    }
    return all;
  }

  @Test
  void noTextOfALogMakesAnElementOrAnAttribute() throws Exception {
    List<String> all = hostile();
    assertThat(all).hasSize(500);
    int every = Math.max(1, all.size() / TEXTS);
    List<String> hostile =
        IntStream.range(0, all.size())
            .filter(i -> (i + i / PAYLOADS.size()) % every == 0)
            .mapToObj(all::get)
            .toList();
    assertThat(hostile).hasSize(TEXTS);
    for (int from = 0; from < hostile.size(); from += SHARED) {
      List<String> some = hostile.subList(from, from + SHARED);
      Map<String, Document> attacked = pages(home.resolve("a" + from), some, from);
      Map<String, Document> quiet =
          pages(
              home.resolve("q" + from),
              some.stream().map(HostileTextTest::harmless).toList(),
              from);
      assertThat(attacked.keySet()).isEqualTo(quiet.keySet());
      attacked.forEach((page, document) -> {
        if (!page.startsWith(FOUND)) {
          assertThat(skeleton(document))
              .as(page)
              .isEqualTo(skeleton(java.util.Objects.requireNonNull(quiet.get(page))));
        }
        isOursAlone(page, document);
      });
    }
  }

  private static Map<String, Document> pages(Path folder, List<String> texts, int from)
      throws Exception {
    Map<String, Document> pages = new TreeMap<>();
    java.nio.file.Files.createDirectories(folder);
    try (SampleHome sample = new SampleHome(folder)) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        events.addAll(events(texts.get(i), from + i));
      }
      sample.add(events);
      sample.task(new TaskId("task-7f3a"), texts.getFirst());
      Map<String, Route> routes = new LinkedHashMap<>();
      sample.feature.routes().forEach(route -> routes.put(route.toString(), route));
      for (String path : ListedPages.ALL) {
        pages.put(path, page(routes, path, Map.of()));
        String text = texts.get(1);
        pages.put(
            path + " narrowed",
            page(routes, path, Map.of("project", text, "story", text, "agent", text)));
      }
      for (int i = 0; i < texts.size(); i++) {
        pages.put("session " + i, page(routes, "/session", Map.of("id", texts.get(i))));
        pages.put(
            "event " + i,
            page(routes, "/event", Map.of("id", EventIds.ofKey("call" + (from + i)))));
        pages.put("run " + i, page(routes, "/run", Map.of("id", texts.get(i), "step", "1")));
        pages.put(FOUND + i, page(routes, "/search", Map.of("text", texts.get(i))));
      }
      pages.put("sign in", page(routes, "/sign-in", Map.of("wrong", texts.get(3))));
      pages.put("remedies", page(routes, "/remedies", Map.of("error", texts.get(4))));
      pages.put("compare", page(routes, "/stories", Map.of("a", texts.get(5), "b", texts.get(6))));
      pages.put("task", page(routes, "/task", Map.of("id", "task-7f3a")));
      pages.put("wrong", page(routes, "/sessions", Map.of("since", texts.get(2))));
    }
    return pages;
  }

  private static Document page(Map<String, Route> routes, String path, Map<String, String> query)
      throws Exception {
    Request request = Request.of(Method.GET, path);
    Route route = java.util.Objects.requireNonNull(routes.get("GET " + path), path);
    for (Map.Entry<String, String> each : query.entrySet()) {
      boolean known = route.parameters().stream().anyMatch(p -> p.name().equals(each.getKey()));
      request = known ? request.query(each.getKey(), each.getValue()) : request;
    }
    Response response = route.handler().handle(request);
    byte[] html = ((Content.Bytes) response.content()).bytes();
    return Jsoup.parse(new String(html, StandardCharsets.UTF_8));
  }

  /** A call, a model call, a prompt and a message, whose every field is this text. */
  private static List<Event> events(String text, int number) {
    List<Event> events = new ArrayList<>();
    List<String> types =
        List.of(
            "user_prompt",
            "model_call",
            "agent_message",
            "tool_call",
            "agent_started",
            "run_started",
            "run_model",
            "step_started",
            "log",
            "step_finished");
    for (int i = 0; i < types.size(); i++) {
      String type = types.get(i);
      Map<String, Object> details = new LinkedHashMap<>();
      for (String key :
          List.of(
              "tool",
              "error_type",
              "message",
              "prompt",
              "reason",
              "model",
              "output",
              "text",
              "framework",
              "level",
              "stack")) {
        details.put(key, text);
      }
      details.put("input", Map.of("file_path", text, "command", text));
      details.put(text, text);
      details.put("input_tokens", 10 + number);
      events.add(
          Event.builder(
                  EventIds.ofKey((i == 3 ? "call" : type) + number),
                  SampleHome.NOW.minusSeconds(100L * number + 60 - i),
                  type,
                  Category.EXECUTION)
              .set(Field.PROJECT, text)
              .set(Field.SESSION_ID, text)
              .set(Field.STORY_ID, text)
              .set(Field.AGENT_NAME, text)
              .set(Field.WORKFLOW_ID, text)
              .set(Field.TASK_ID, text)
              .set(Field.RUN_ID, text)
              .set(Field.COMPONENT, text)
              .set(Field.STEP, 1L)
              .set(Field.DURATION_MS, 10L)
              .set(Field.SUCCESS, i != 3)
              .details(details)
              .build());
    }
    return events;
  }

  /** All elements with the names of their attributes, in order. */
  private static String skeleton(Document document) {
    StringBuilder out = new StringBuilder();
    for (Element element : document.getAllElements()) {
      out.append('<').append(element.tagName());
      for (Attribute attribute : element.attributes()) {
        out.append(' ').append(attribute.getKey());
      }
      out.append('>');
    }
    return out.toString();
  }

  /** No script but ours, no style, no handler of events, and no place but this server. */
  private static void isOursAlone(String page, Document document) {
    assertThat(document.select("script")).as(page).hasSize(2);
    assertThat(document.select("style, iframe, base, object, embed, math, template, img, b"))
        .as(page)
        .isEmpty();
    for (Element element : document.getAllElements()) {
      for (Attribute attribute : element.attributes()) {
        assertThat(attribute.getKey()).as(page).doesNotStartWith("on").isNotEqualTo("style");
        boolean followed = List.of("href", "src", "action").contains(attribute.getKey());
        if (followed) {
          assertThat(attribute.getValue()).matches("(?s)/(?!/).*|#.*");
        }
      }
    }
  }
}
