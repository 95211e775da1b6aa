package dev.flightlog.server.health;

import dev.flightlog.server.metrics.MetricFamily;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the Java virtual machine and the system tell about this process, under the names that
 * Prometheus' own clients use. What a system does not tell is left out. Stateless.
 */
final class ProcessMetrics {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private ProcessMetrics() {}

  static List<MetricFamily> now() {
    List<MetricFamily> families = new ArrayList<>();
    memory(families);
    MetricFamily collections =
        MetricFamily.summary("jvm_gc_collection_seconds", "Time spent on collecting garbage.");
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections =
          collections.total(
              Map.of("gc", gc.getName()),
              Math.max(0, gc.getCollectionCount()),
              Math.max(0, gc.getCollectionTime()) / 1e3);
    }
    families.add(collections);
    families.add(
        MetricFamily.gauge("jvm_threads_current", "Platform threads that live.")
            .value(ManagementFactory.getThreadMXBean().getThreadCount()));
    families.add(
        MetricFamily.gauge("process_start_time_seconds", "Start of the process, since 1970.")
            .value(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3));
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(used ->
            families.add(
                MetricFamily.counter("process_cpu_seconds", "Processor time that was used.")
                    .value(used.toNanos() / 1e9)));
    system(families);
    return families;
  }

  private static void memory(List<MetricFamily> families) {
    MetricFamily used = MetricFamily.gauge("jvm_memory_used_bytes", "Memory in use, by area.");
    MetricFamily committed =
        MetricFamily.gauge("jvm_memory_committed_bytes", "Memory held ready, by area.");
    MetricFamily max = MetricFamily.gauge("jvm_memory_max_bytes", "The most memory, by area.");
    Map<String, MemoryUsage> areas =
        Map.of(
            "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage(),
            "nonheap", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
    for (Map.Entry<String, MemoryUsage> area : areas.entrySet()) {
      used = used.value("area", area.getKey(), area.getValue().getUsed());
      committed = committed.value("area", area.getKey(), area.getValue().getCommitted());
      if (area.getValue().getMax() >= 0) {
        max = max.value("area", area.getKey(), area.getValue().getMax());
      }
    }
    families.addAll(List.of(used, committed, max));
  }

  private static void system(List<MetricFamily> families) {
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      families.add(
          MetricFamily.gauge("process_open_fds", "Open file descriptors.").value(open.count()));
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          long kilobytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
          families.add(
              MetricFamily.gauge("process_resident_memory_bytes", "Memory of the process.")
                  .value(kilobytes * 1024.0));
        }
      }
    } catch (IOException e) {
      // There is no such file on this system.
    }
  }
}
