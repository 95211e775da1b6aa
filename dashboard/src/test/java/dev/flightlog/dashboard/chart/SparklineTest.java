package dev.flightlog.dashboard.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.dashboard.html.Html;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {
  @Test
  void theLargestTouchesTheTopAndNothingTheBottom() {
    String drawn = Sparkline.of("cost", List.of(0.0, 2.0, 1.0)).render();
    assertThat(drawn).contains("d=\"M2.0 18.0L50.0 2.0L98.0 10.0\"", "aria-label=\"cost\"");
  }

  @Test
  void whereNothingVariesNothingIsDrawn() {
    assertThat(Sparkline.of("cost", List.of(0.0, 0.0))).isSameAs(Html.NONE);
    assertThat(Sparkline.of("cost", List.of(3.0))).isSameAs(Html.NONE);
  }
}
