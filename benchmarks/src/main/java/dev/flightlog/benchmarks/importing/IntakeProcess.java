package dev.flightlog.benchmarks.importing;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.ImportReport;
import dev.flightlog.importer.Importer;
import dev.flightlog.shipping.Sender;
import dev.flightlog.shipping.SharedStore;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.clickhouse.ClickHouseProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Imports into ClickHouse as one of many machines does. Arguments: ADDRESS PASSWORD SERVERS_PROCESS
 * HOME JOURNALS.
 */
final class IntakeProcess {
  private IntakeProcess() {}

  public static void main(String[] arguments) throws Exception {
    String address = arguments[0];
    ProcessHandle server = ProcessHandle.of(Long.parseLong(arguments[2])).orElseThrow();
    Path home = Files.createDirectories(Path.of(arguments[3]));
    Redactor redactor = Redactor.create(RedactionKey.inHome(home));
    ClickHouseProvider provider = new ClickHouseProvider(_ -> arguments[1]);
    Moment stored = new Moment(server);
    try (EventStore store =
        SharedStore.of(
            provider.open(address.substring(address.indexOf(':') + 1)),
            new Sender("bench", "", false),
            new byte[32])) {
      ImportReport report =
          new Importer(store, redactor, home.resolve("quarantine"))
              .run(List.of(Path.of(arguments[4])), ImportOptions.defaults(), stored);
      store.rollUp();
      Forked.report(System.out, "events", report.imported());
      Forked.report(System.out, "seconds of sums", (System.nanoTime() - stored.nanos) / 1e9);
      Forked.report(System.out, "server cpu of sums", IntakeServer.cpuSeconds(server) - stored.cpu);
    }
  }

  /** The moment at which the last rows were stored; what follows makes sums of them. */
  private static final class Moment implements ImportListener {
    private final ProcessHandle server;
    private long nanos;
    private double cpu;

    Moment(ProcessHandle server) {
      this.server = server;
    }

    @Override
    public void progress(long done, long total) {
      if (done == total) {
        nanos = System.nanoTime();
        cpu = IntakeServer.cpuSeconds(server);
      }
    }
  }
}
