package dev.flightlog.home.shared;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.home.Home;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** Some machines, each with a home of its own, and one real ClickHouse that they share. */
final class Team {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  final ClickHouseNode node;
  final String database = "team_" + DATABASES.incrementAndGet();
  final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final Path folder;

  Team(Path folder, ClickHouseNode node) {
    this.folder = folder;
    this.node = node;
  }

  /** Ends the test as not run where there is no ClickHouse; that is told. */
  static Team in(Path folder) {
    return new Team(folder, node(false));
  }

  /** Of which the server is this test's own, and may be killed. */
  static Team withOwnServer(Path folder) {
    return new Team(folder, node(true));
  }

  private static ClickHouseNode node(boolean own) {
    try {
      return own ? ClickHouseNode.own() : ClickHouseNode.shared();
    } catch (MissingServerException e) {
      String why = String.valueOf(e.getMessage());
      System.err.println(why);
      return Assumptions.abort(why);
    }
  }

  /** A machine, with these settings besides, as variables of the environment have them. */
  Home machine(String name, String... settings) throws IOException {
    return machine(name, Clock.systemUTC(), settings);
  }

  /** A machine with a clock of its own; the same one when it has the same name. */
  Home machine(String name, Clock clock, String... settings) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home);
    Map<String, String> environment = new HashMap<>();
    environment.put("FLIGHTLOG_STORE_ADDRESS", address());
    environment.put("FLIGHTLOG_SHIP_MACHINE", name);
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return Home.open(home, environment, told::add, clock);
  }

  /** The address of the store. */
  String address() throws IOException {
    Path password = folder.resolve("password");
    AtomicFile.write(password, node.password().getBytes(StandardCharsets.UTF_8));
    return node.address(database) + "?password_file=" + password;
  }

  /** Records so many events in the journal of a machine. */
  static void record(Home home, int events) {
    try (FlightRecorder recorder = FlightRecorder.open(home.recorderConfig().ring(0))) {
      for (int i = 0; i < events; i++) {
        recorder.toolCall("Bash").session("s-" + home.path().getFileName()).log();
      }
    }
  }

  long count(String condition) {
    return Long.parseLong(
        node.query(
            "SELECT count() FROM " + database + ".events FINAL WHERE aside = 0 AND " + condition));
  }
}
