package dev.flightlog.server.metrics;

import dev.flightlog.server.metrics.MetricFamily.Kind;
import dev.flightlog.server.metrics.MetricFamily.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes metrics in the text format of Prometheus (version 0.0.4) or in OpenMetrics (1.0). Families
 * of one name are written as one; a family without values is left out. Stateless.
 */
public final class MetricsText {
  /** How the values are written down. */
  public enum Format {
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    public String mediaType() {
      return mediaType;
    }

    /** The one that a caller wants, by its header {@code Accept}; empty when there is none. */
    public static Format accepted(String accept) {
      double open = -1;
      double plain = 0;
      for (String each : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
        String type = each.split(";", 2)[0].strip();
        if (type.equals("application/openmetrics-text")) {
          open = Math.max(open, quality(each));
        } else if (type.equals("text/plain")) {
          plain = Math.max(plain, quality(each));
        }
      }
      return open > 0 && open >= plain ? OPEN_METRICS : PROMETHEUS;
    }

    private static double quality(String range) {
      for (String parameter : range.split(";", -1)) {
        String text = parameter.strip();
        if (text.matches("q=[01](\\.[0-9]{0,3})?")) {
          return Double.parseDouble(text.substring(2));
        }
      }
      return 1;
    }
  }

  private MetricsText() {}

  /** All of it. */
  public static String write(List<MetricFamily> families, Format format) {
    Map<String, MetricFamily> byName = new LinkedHashMap<>();
    for (MetricFamily family : families) {
      byName.merge(family.name(), family, MetricsText::together);
    }
    StringBuilder out = new StringBuilder(16 << 10);
    for (MetricFamily family : byName.values()) {
      if (!family.samples().isEmpty()) {
        write(family, format, out);
      }
    }
    if (format == Format.OPEN_METRICS) {
      out.append("# EOF\n");
    }
    return out.toString();
  }

  private static MetricFamily together(MetricFamily one, MetricFamily other) {
    List<Sample> samples = new ArrayList<>(one.samples());
    samples.addAll(other.samples());
    return new MetricFamily(one.name(), one.kind(), one.help(), samples);
  }

  private static void write(MetricFamily family, Format format, StringBuilder out) {
    String total = family.kind() == Kind.COUNTER ? "_total" : "";
    String name = family.name() + (format == Format.PROMETHEUS ? total : "");
    String kind = family.kind().name().toLowerCase(Locale.ROOT);
    out.append("# HELP ").append(name).append(' ');
    escaped(family.help(), format == Format.OPEN_METRICS, out);
    out.append("\n# TYPE ").append(name).append(' ').append(kind).append('\n');
    String unit = family.name().substring(family.name().lastIndexOf('_') + 1);
    if (format == Format.OPEN_METRICS && (unit.equals("seconds") || unit.equals("bytes"))) {
      out.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
    }
    for (Sample sample : family.samples()) {
      out.append(family.name()).append(total).append(sample.suffix());
      labels(sample.labels(), out);
      out.append(' ').append(number(sample.value())).append('\n');
    }
  }

  private static void labels(Map<String, String> labels, StringBuilder out) {
    char before = '{';
    for (Map.Entry<String, String> label : labels.entrySet()) {
      out.append(before).append(label.getKey()).append("=\"");
      escaped(label.getValue(), true, out);
      out.append('"');
      before = ',';
    }
    if (!labels.isEmpty()) {
      out.append('}');
    }
  }

  private static void escaped(String text, boolean quotes, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '"' -> out.append(quotes ? "\\\"" : "\"");
        default -> out.append(c);
      }
    }
  }

  /** Whole numbers without a point, others as short as they can be told. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
