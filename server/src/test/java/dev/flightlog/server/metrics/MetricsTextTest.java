package dev.flightlog.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.server.metrics.MetricsText.Format;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTextTest {
  @Test
  void aCounterIsNamedAsEachFormatWantsIt() {
    List<MetricFamily> families =
        List.of(MetricFamily.counter("flightlog_lines", "Lines.").value(3));

    assertThat(MetricsText.write(families, Format.PROMETHEUS))
        .isEqualTo(
            "# HELP flightlog_lines_total Lines.\n# TYPE flightlog_lines_total counter\nflightlog_lines_total 3\n");
    assertThat(MetricsText.write(families, Format.OPEN_METRICS))
        .isEqualTo(
            "# HELP flightlog_lines Lines.\n# TYPE flightlog_lines counter\nflightlog_lines_total 3\n# EOF\n");
  }

  @Test
  void durationsAreCountedInGrowingBucketsWhichEndWithAllOfThem() {
    Histograms histograms = new Histograms("flightlog_wait_seconds", "Waits.", "who");
    histograms.record(500_000, "a");
    histograms.record(1_000_000, "a");
    histograms.record(7_000_000_000L, "a");
    histograms.record(90_000_000_000L, "a");
    histograms.record(1, "b");

    String text = MetricsText.write(List.of(histograms.family()), Format.OPEN_METRICS);

    Exposition read = Exposition.read(text, true);
    assertThat(read.problems).isEmpty();
    assertThat(read.values)
        .containsEntry("flightlog_wait_seconds_bucket{who=a, le=0.001}", 2.0)
        .containsEntry("flightlog_wait_seconds_bucket{who=a, le=5}", 2.0)
        .containsEntry("flightlog_wait_seconds_bucket{who=a, le=10}", 3.0)
        .containsEntry("flightlog_wait_seconds_bucket{who=a, le=+Inf}", 4.0)
        .containsEntry("flightlog_wait_seconds_count{who=b}", 1.0)
        .containsEntry("flightlog_wait_seconds_sum{who=a}", 97.0015);
    assertThat(text).contains("# UNIT flightlog_wait_seconds seconds\n");
  }

  @Test
  void whatTextIsInALabelDoesNotMatter() {
    String odd = "a\"b\\c\nd{e}=\u20ac";
    MetricFamily family =
        MetricFamily.gauge("flightlog_odd", "A \\ and a \"quote\"\nand a line.")
            .value("text", odd, 1.5);

    for (Format format : Format.values()) {
      String text = MetricsText.write(List.of(family), format);

      Exposition read = Exposition.read(text, format == Format.OPEN_METRICS);
      assertThat(read.problems).isEmpty();
      assertThat(read.values).hasSize(1).containsValue(1.5);
      assertThat(text).contains("text=\"a\\\"b\\\\c\\nd{e}=\u20ac\"");
    }
  }

  @Test
  void familiesOfOneNameAreOneAndThoseWithoutValuesAreLeftOut() {
    MetricFamily family = MetricFamily.gauge("flightlog_parts", "Parts.");

    String text =
        MetricsText.write(
            List.of(
                family.value("part", "a", 1),
                MetricFamily.gauge("flightlog_nothing", "Nothing."),
                family.value(Map.of("part", "b"), 2)),
            Format.PROMETHEUS);

    assertThat(Exposition.read(text, false).problems).isEmpty();
    assertThat(text).containsOnlyOnce("# TYPE flightlog_parts gauge").doesNotContain("nothing");
  }

  @Test
  void theFormatIsTheOneThatIsAskedFor() {
    assertThat(Format.accepted("")).isEqualTo(Format.PROMETHEUS);
    assertThat(Format.accepted("*/*")).isEqualTo(Format.PROMETHEUS);
    assertThat(
            Format.accepted(
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1"))
        .isEqualTo(Format.OPEN_METRICS);
    assertThat(Format.accepted("text/plain, application/openmetrics-text;q=0.3"))
        .isEqualTo(Format.PROMETHEUS);
    assertThat(Format.accepted("application/openmetrics-text;q=0")).isEqualTo(Format.PROMETHEUS);
  }

  @Test
  void namesThatPrometheusWouldRefuseAreRefusedHere() {
    for (String name : List.of("lines_total", "Lines", "lines-read", "1st", "lines__read")) {
      assertThatThrownBy(() -> MetricFamily.gauge(name, "No."))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
