package dev.flightlog.benchmarks.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a figure was measured. */
public final class Machine {
  private Machine() {}

  public static Map<String, Object> describe() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("processors", Runtime.getRuntime().availableProcessors());
    out.put("model", line("/proc/cpuinfo", "model name"));
    out.put("memory", line("/proc/meminfo", "MemTotal"));
    out.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    out.put("java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
    // A load above zero before the start means that others were using the machine, too.
    out.put("load_before", load());
    return out;
  }

  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String line(String file, String key) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(each -> each.startsWith(key))
          .map(each -> each.substring(each.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
