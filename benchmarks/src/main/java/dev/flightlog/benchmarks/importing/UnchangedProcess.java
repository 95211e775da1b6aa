package dev.flightlog.benchmarks.importing;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.Importer;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tree in which nothing has changed, again and again in one process. Arguments: HOME TREE */
final class UnchangedProcess {
  private UnchangedProcess() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    List<Path> tree = List.of(Path.of(arguments[1]));
    Index.fill(home, tree);
    List<Double> millis = new ArrayList<>();
    try (SqliteStore store = SqliteStore.open(Index.in(home))) {
      Importer importer = Index.importer(store, home);
      for (int i = 0; i < 31; i++) {
        long start = System.nanoTime();
        var report = importer.run(tree, ImportOptions.defaults(), ImportListener.NONE);
        millis.add((System.nanoTime() - start) / 1e6);
        if (report.imported() + report.lines() > 0) {
          throw new IllegalStateException("the tree has changed: " + report);
        }
      }
    }
    Forked.report(System.out, "unchanged tree: first ms", millis.getFirst());
    Forked.report(
        System.out, "unchanged tree: ms", Measurements.median(millis.subList(1, millis.size())));
  }
}
