package dev.flightlog.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.dashboard.frame.PageName;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.rules.RuleState;
import dev.flightlog.tasks.TaskStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardTest {
  /** The rules whose answer depends on the colours and the width. */
  private static final String SEEN =
      "['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block']";

  @TempDir static Path folder;

  private static @Nullable Chromium chromium;
  private static @Nullable Site full;
  private static @Nullable Site empty;

  @BeforeAll
  static void aBrowserAndTwoServers() throws IOException, InterruptedException {
    Optional<Path> program = Chromium.installed();
    if (program.isEmpty()) {
      System.out.println("NOT TESTED: the dashboard in a browser, there is no Chromium");
      return;
    }
    chromium = Chromium.start(program.get(), folder.resolve("profile"));
    full = new Site(folder.resolve("full"));
    full.fill();
    empty = new Site(folder.resolve("empty"));
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
    if (full != null) {
      full.close();
    }
    if (empty != null) {
      empty.close();
    }
  }

  /** An empty tab, or null when there is no browser. */
  private static @Nullable Tab tab() {
    if (chromium == null) {
      return null;
    }
    Tab tab = chromium.tab();
    tab.look(1280, 900, false);
    return tab;
  }

  private static Site site() {
    return Objects.requireNonNull(full);
  }

  /** The pages of the navigation, and one of each kind below them. */
  private static List<String> paths() {
    List<String> paths =
        new ArrayList<>(Arrays.stream(PageName.values()).map(PageName::path).toList());
    paths.add("/session?id=s-1");
    paths.add("/task?id=" + Site.TASK);
    paths.add("/rule?id=" + Site.RULE);
    paths.add("/remedies?error=Edit%20file_not_read");
    paths.add("/stories?a=1.1&b=1.2");
    paths.add("/search?failed=true");
    paths.add("/run?framework=agents&id=run-2");
    paths.add("/run?framework=%3Cb%3Etree%3C%2Fb%3E&id=run-1&step=none");
    return paths;
  }

  @Test
  void rowsAreWalkedAndOpenedByKeys() {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    tab.go(site().url("/sessions"));
    tab.until("document.querySelectorAll('tbody tr').length >= 12");
    tab.key("j");
    tab.key("j");
    tab.key("k");
    tab.until("document.querySelector('tbody tr').classList.contains('at')");
    String session = tab.text("document.querySelector('tr.at').dataset.key");
    tab.loading(() -> tab.key("Enter"));
    assertThat(tab.text("document.title")).contains(session);
    tab.loading(() -> tab.eval("history.back()"));
    tab.key("/");
    tab.loading(() -> tab.until("location.pathname === '/search'"));
  }

  @Test
  void aClickNarrowsAndTheAddressKeepsIt() {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    tab.go(site().url("/session?id=s-2"));
    tab.loading(() -> tab.click("#timeline .periods a[href*='show=errors']"));
    assertThat(tab.text("location.search")).contains("show=errors");
    assertThat(tab.eval("document.querySelectorAll('#timeline li.failed').length")).isEqualTo(5L);
    tab.go(site().url("/sessions"));
    tab.loading(() -> tab.click("tbody .pair a[href*='project=shop']"));
    assertThat(tab.text("document.querySelector('input[name=project]').value")).isEqualTo("shop");
    tab.loading(() -> tab.click("nav a[href^='/agents']"));
    assertThat(tab.text("location.search")).contains("project=shop");
  }

  @Test
  void aRunThatFailedShowsTheLogsOfTheStepThatFailedSideBySide() {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    tab.go(site().url("/runs"));
    assertThat(tab.text("document.querySelector('#steps .state.wait').textContent"))
        .isEqualTo("1 of 2, flaky");
    tab.loading(() -> tab.click("#runs tr[data-key='agents/run-2'] th a"));
    assertThat(tab.text("document.querySelector('#logs h2').textContent"))
        .isEqualTo("Logs of step 2");
    assertThat(tab.text("[...document.querySelectorAll('.log')].map(l => l.dataset.key).join()"))
        .isEqualTo("orchestrator,adapter,metrics,validator");
    assertThat(tab.text("document.querySelector('.log li.error').textContent"))
        .contains("GET /items answers 500");
    assertThat(
            tab.text(
                "new Set([...document.querySelectorAll('.log')]"
                    + ".map(l => l.getBoundingClientRect().top)).size"))
        .isEqualTo("1");
    tab.loading(() -> tab.click("#steps tr[data-key='3'] th a"));
    assertThat(tab.text("document.querySelector('#logs h2').textContent"))
        .isEqualTo("Logs of step 3");
    tab.loading(() -> tab.click("#summary .facts dd a"));
    assertThat(tab.text("document.querySelector('#summary a[href^=\"/run?\"]').textContent"))
        .contains("run-");
  }

  @Test
  void whatHappensIsOnTheScreenAtOnceAndNothingElseMoves() {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    tab.go(site().url("/"));
    tab.until("document.getElementById('live-state').dataset.state === 'live'");
    tab.eval("document.querySelector('input[name=story]').focus()");
    tab.type("half typed");
    long begin = System.nanoTime();
    site().add(List.of(site().prompt("just-now", "What <i>now</i>?")));
    tab.until("document.querySelector('article[data-key=just-now]')");
    System.out.println("event to screen: " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    assertThat(tab.text("document.activeElement.name + document.activeElement.value"))
        .isEqualTo("storyhalf typed");
  }

  @Test
  void aRuleIsApprovedByItsButton() throws IOException {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    tab.go(site().url("/rule?id=" + Site.RULE));
    assertThat(tab.text("document.querySelector('.diff .plus').textContent")).startsWith("+ ");
    tab.loading(() -> tab.click("form[action='/rule/approve'] button"));
    assertThat(tab.text("document.querySelector('.done').textContent")).contains("approved");
    assertThat(RuleBook.open(site().rules).entry(Site.RULE).orElseThrow().state())
        .isEqualTo(RuleState.ADOPTED);
  }

  @Test
  void aTaskIsCancelledByItsButton() throws IOException {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    tab.go(site().url("/tasks"));
    tab.loading(() -> tab.click("tbody th a"));
    tab.loading(() -> tab.click("form[action='/task/cancel'] button"));
    assertThat(tab.text("document.querySelector('.done').textContent")).contains("cancelled");
    assertThat(site().folders.find(Site.TASK).orElseThrow().status())
        .isEqualTo(TaskStatus.CANCELLED);
  }

  @Test
  void thePaletteGoesAnywhereWithoutAMouse() {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    tab.go(site().url("/sessions"));
    tab.until("!document.getElementById('palette-button').hidden");
    tab.key("k", 2);
    tab.until("document.querySelector('#palette[open]')");
    tab.type("patterns");
    tab.until("document.querySelector('#palette li').textContent.startsWith('Patterns')");
    tab.loading(() -> tab.key("Enter"));
    assertThat(tab.text("location.pathname")).isEqualTo("/patterns");
  }

  @Test
  void theThemeFollowsTheSystemUntilOneIsChosen() {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    String background = "getComputedStyle(document.documentElement).backgroundColor";
    tab.go(site().url("/health"));
    String light = tab.text(background);
    tab.look(1280, 900, true);
    String dark = tab.text(background);
    assertThat(dark).isNotEqualTo(light);
    tab.until("!document.getElementById('theme-button').hidden");
    tab.click("#theme-button");
    assertThat(tab.text(background)).isEqualTo(light);
    tab.go(site().url("/agents"));
    assertThat(tab.text(background)).isEqualTo(light);
    tab.eval("localStorage.clear()");
  }

  @Test
  void withoutScriptsTheTablesAreThere() {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    tab.withoutScripts(true);
    tab.go(site().url("/overview"));
    assertThat(
            tab.text(
                "document.querySelectorAll('.chart[data-chart] details[open] tbody tr').length"))
        .isNotEqualTo("0");
    assertThat(tab.text("document.querySelectorAll('.chart canvas').length")).isEqualTo("0");
    tab.go(site().url("/session?id=s-1"));
    assertThat(tab.text("document.querySelectorAll('#context tbody tr').length")).isEqualTo("10");
  }

  @Test
  void noPageBreaksItsOwnPolicyNorAsksAnotherHost() {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    for (String path : paths()) {
      tab.go(site().url(path));
      tab.until("!document.querySelector('[data-chart]') || document.querySelector('canvas')");
      String hosts =
          tab.text(
              "[...new Set(performance.getEntriesByType('resource').map(e => new URL(e.name).host))]"
                  + ".filter(h => h !== location.host).join()");
      assertThat(hosts).as(path).isEmpty();
      String bytes =
          tab.text(
              "performance.getEntriesByType('resource').concat("
                  + "performance.getEntriesByType('navigation'))"
                  + ".reduce((sum, e) => sum + e.decodedBodySize, 0)");
      assertThat(Double.parseDouble(bytes)).as(path).isLessThan(500 * 1024);
      assertThat(tab.complaints()).as(path).isEmpty();
      assertThat(tab.text("document.querySelectorAll('main b, main i').length"))
          .as(path)
          .isEqualTo("0");
    }
  }

  @Test
  void nobodyIsShutOutByHowAPageIsMade() throws IOException {
    Tab tab = tab();
    if (tab == null) {
      return;
    }
    String axe;
    try (InputStream in = DashboardTest.class.getResourceAsStream("/axe-core/axe-4.14.1.min.js")) {
      axe = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> found = new ArrayList<>();
    for (String path : paths()) {
      for (boolean dark : new boolean[] {false, true}) {
        tab.look(dark ? 390 : 1280, 900, dark);
        tab.go(site().url(path));
        // What does not depend on size and colour is the same in both.
        look(
            tab,
            axe,
            dark ? "{ runOnly: " + SEEN + ", " : "{ ",
            path + (dark ? " narrow, dark" : " wide, light"),
            found);
      }
    }
    tab.look(1280, 900, false);
    for (PageName page : PageName.values()) {
      tab.go(Objects.requireNonNull(empty).url(page.path()));
      look(tab, axe, "{ ", page.path() + " empty", found);
    }
    assertThat(found).isEmpty();
  }

  private static void look(Tab tab, String axe, String options, String name, List<String> found) {
    tab.until("!document.querySelector('[data-chart]') || document.querySelector('canvas')");
    tab.eval(axe + "; 0");
    String serious =
        tab.text(
            "axe.run(document, "
                + options
                + "resultTypes: ['violations'] }).then(r => r.violations"
                + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                + ".map(v => v.id + ' (' + v.nodes.length + '): ' + v.nodes[0].html"
                + " + ' ' + v.nodes[0].any.map(a => a.message).join(' ')).join('\\n'))");
    if (!serious.isEmpty()) {
      found.add(name + ": " + serious);
    }
  }
}
