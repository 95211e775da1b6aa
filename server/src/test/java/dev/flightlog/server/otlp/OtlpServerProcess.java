package dev.flightlog.server.otlp;

import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.server.http.HttpConfig;
import dev.flightlog.server.http.HttpServer;
import dev.flightlog.server.tokens.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server of its own, to be killed; prints its port, and runs until its input ends. */
final class OtlpServerProcess {
  private OtlpServerProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(arguments[0]);
    ReaderSettings settings =
        new ReaderSettings(
            Redactor.create(RedactionKey.of(new byte[32])),
            null,
            32 << 10,
            Prices.builtIn(),
            new Projects(Map.of()));
    FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home));
    HttpServer server =
        HttpServer.start(
            HttpConfig.loopback(0, Tokens.inHome(home)),
            List.of(new OtlpFeature(recorder, settings)));
    System.out.println("port " + server.uri().getPort());
    while (System.in.read() >= 0) {
      continue;
    }
  }
}
