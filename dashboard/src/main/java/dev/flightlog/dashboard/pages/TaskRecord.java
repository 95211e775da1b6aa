package dev.flightlog.dashboard.pages;

import dev.flightlog.tasks.index.IndexedTask;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one task. Immutable.
 *
 * @param input what was asked, as its file says; empty when it has no folder
 * @param stages what its webhook went through, the oldest first
 * @param output the last lines of what its agent said
 * @param outputCut true when there are older lines
 * @param result how it ended; empty until then
 * @param hasFolder false for one that only events tell of
 * @param done what was just done with it: {@code cancelled}, {@code retried}; null for nothing
 */
public record TaskRecord(
    IndexedTask task,
    Map<String, @Nullable Object> input,
    List<Map<String, @Nullable Object>> stages,
    List<Map<String, @Nullable Object>> output,
    boolean outputCut,
    Map<String, @Nullable Object> result,
    boolean hasFolder,
    @Nullable String done) {
  // Written out: a compact one's class file does not tell what may be null within its types.
  public TaskRecord(
      IndexedTask task,
      Map<String, @Nullable Object> input,
      List<Map<String, @Nullable Object>> stages,
      List<Map<String, @Nullable Object>> output,
      boolean outputCut,
      Map<String, @Nullable Object> result,
      boolean hasFolder,
      @Nullable String done) {
    this.task = task;
    this.input = input;
    this.stages = List.copyOf(stages);
    this.output = List.copyOf(output);
    this.outputCut = outputCut;
    this.result = result;
    this.hasFolder = hasFolder;
    this.done = done;
  }
}
