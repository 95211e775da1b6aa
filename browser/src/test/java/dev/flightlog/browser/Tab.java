package dev.flightlog.browser;

import dev.flightlog.event.json.JsonWriter;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A tab of the browser, as a person uses it. For one thread. */
final class Tab {
  private final Devtools devtools;
  private final String session;

  Tab(Devtools devtools, String session) {
    this.devtools = devtools;
    this.session = session;
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
  }

  private Map<String, Object> call(String method, Map<String, ?> parameters) {
    return devtools.call(session, method, parameters);
  }

  /** Goes there, and waits until the page is loaded. */
  void go(String url) {
    loading(() -> call("Page.navigate", Map.of("url", url)));
  }

  /** Does something that leads to another page, and waits until that is loaded. */
  void loading(Runnable action) {
    devtools.forget(session, "Page.loadEventFired");
    action.run();
    devtools.await(session, "Page.loadEventFired");
  }

  /** The value of an expression; a promise is waited for. */
  Object eval(String expression) {
    Map<String, Object> answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.get("exceptionDetails") != null) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    Object value = Devtools.object(answer.get("result")).get("value");
    return value == null ? "" : value;
  }

  String text(String expression) {
    return String.valueOf(eval(expression));
  }

  /** Waits until a condition holds in the page; the page itself looks, frame by frame. */
  void until(String condition) {
    Object held =
        eval(
            "new Promise(done => { const end = performance.now() + 20000; const look = () => {"
                + " let ok = false; try { ok = Boolean("
                + condition
                + "); } catch { ok = false; }"
                + " if (ok || performance.now() > end) done(ok); else setTimeout(look, 10); };"
                + " look(); })");
    if (!Boolean.TRUE.equals(held)) {
      throw new AssertionError(
          "it never came true: "
              + condition
              + "; the page says: "
              + text("document.body.innerText"));
    }
  }

  /** Clicks the first element that the selector finds. */
  void click(String selector) {
    String found =
        text(
            "(() => { const e = document.querySelector("
                + quoted(selector)
                + "); if (!e) return ''; e.scrollIntoView({ block: 'center' });"
                + " const r = e.getBoundingClientRect();"
                + " return (r.left + r.width / 2) + ' ' + (r.top + r.height / 2); })()");
    if (found.isEmpty()) {
      throw new AssertionError("there is nothing to click at " + selector);
    }
    String[] place = found.split(" ");
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              Double.parseDouble(place[0]),
              "y",
              Double.parseDouble(place[1]),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** Presses a key that makes a character, or one with a name such as {@code Enter}. */
  void key(String key) {
    key(key, 0);
  }

  /**
   * The same with others held down.
   *
   * @param modifiers 2 for Control
   */
  void key(String key, int modifiers) {
    boolean writes = key.length() == 1 && modifiers == 0;
    String text = writes ? key : key.equals("Enter") ? "\r" : "";
    int code =
        switch (key) {
          case "Enter" -> 13;
          case "Escape" -> 27;
          case "ArrowDown" -> 40;
          default -> Character.toUpperCase(key.charAt(0));
        };
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          text.isEmpty() || type.equals("keyUp")
              ? Map.of(
                  "type", type, "key", key, "modifiers", modifiers, "windowsVirtualKeyCode", code)
              : Map.of("type", type, "key", key, "text", text, "windowsVirtualKeyCode", code));
    }
  }

  /** Types a text into what has the focus. */
  void type(String text) {
    call("Input.insertText", Map.of("text", text));
  }

  /** Makes the window so large, and the system's theme dark or light. */
  void look(int width, int height, boolean dark) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** What the browser wrote into its log since this was asked last: what a policy forbade, too. */
  List<String> complaints() {
    return devtools.told(session, "Log.entryAdded").stream()
        .map(entry -> String.valueOf(Devtools.object(entry.get("entry")).get("text")))
        .toList();
  }

  /** From now on each view fetches everything anew. */
  void withoutCache() {
    call("Network.enable", Map.of());
    call("Network.setCacheDisabled", Map.of("cacheDisabled", true));
  }

  void withoutScripts(boolean without) {
    call("Emulation.setScriptExecutionDisabled", Map.of("value", without));
  }

  /** The whole page as PNG, at most so high; the window stays as high as it became for it. */
  byte[] screenshot(int width, int most, boolean dark) {
    double height = Double.parseDouble(text("document.documentElement.scrollHeight"));
    look(width, (int) Math.min(most, height), dark);
    eval("new Promise(done => setTimeout(() => requestAnimationFrame(done), 250))");
    Map<String, Object> shot = call("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(String.valueOf(shot.get("data")));
  }

  static String quoted(String text) {
    return new JsonWriter().string(text).toString();
  }
}
