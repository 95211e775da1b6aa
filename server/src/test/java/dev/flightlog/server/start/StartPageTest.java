package dev.flightlog.server.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.server.http.Running;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartPageTest {
  @TempDir Path home;

  @Test
  void theRootSaysWhatIsServedAndLinksWhatCanBeOpened() {
    Route thing = Route.get("/api/thing", "A <thing>", request -> Response.text(200, "x"));
    Route needy =
        Route.get("/api/needy", "Needs a name", request -> Response.text(200, "x"))
            .with(Parameter.query("name", Schema.text(), "its name").needed());
    try (Running running = Running.of(home, thing, needy)) {
      var page = running.get("/api");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/html;"));
      assertThat(page.body())
          .contains("<a href=\"/api/thing\">/api/thing</a>: A &lt;thing&gt;")
          .contains("GET /api/needy: Needs a name")
          .contains("<a href=\"/health/ready\">");
    }
  }
}
