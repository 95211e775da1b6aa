package dev.flightlog.home;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the server of a home listens, as it wrote it into {@code server.json} when it began, so
 * that others in this home find it. A note, and no lock: whoever reads it must bear that the server
 * has gone. Immutable.
 *
 * @param address such as {@code http://127.0.0.1:4280}
 * @param process its number
 */
public record RunningServer(URI address, long process) {
  private static final String FILE = "server.json";

  /** Notes that this process serves the home; a home that cannot be written has no note. */
  public static void begin(Home home, URI address) {
    JsonWriter out =
        new JsonWriter()
            .beginObject()
            .key("address")
            .string(address.toString())
            .key("process")
            .number(ProcessHandle.current().pid())
            .endObject();
    try {
      AtomicFile.write(home.file(FILE), out.toByteArray());
    } catch (IOException e) {
      home.tell("where the server listens could not be noted in " + FILE + ": " + e);
    }
  }

  /** Takes the note away, unless another process has written its own since. */
  public static void end(Home home) {
    Optional<RunningServer> noted = read(home.file(FILE));
    if (noted.isPresent() && noted.get().process == ProcessHandle.current().pid()) {
      try {
        Files.deleteIfExists(home.file(FILE));
      } catch (IOException e) {
        home.tell(FILE + " could not be removed: " + e);
      }
    }
  }

  /** The server of this home, if one is noted whose process is there. */
  public static Optional<RunningServer> of(Home home) {
    return read(home.file(FILE))
        .filter(
            server -> ProcessHandle.of(server.process).filter(ProcessHandle::isAlive).isPresent());
  }

  private static Optional<RunningServer> read(Path file) {
    try {
      byte[] bytes = RegularFile.read(file);
      return new JsonReader().reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> noted
              && noted.get("address") instanceof String address
              && noted.get("process") instanceof Number process
          ? Optional.of(new RunningServer(URI.create(address), process.longValue()))
          : Optional.empty();
    } catch (IOException | JsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
