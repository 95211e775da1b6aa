package dev.flightlog.shipping.pull;

import dev.flightlog.event.files.Lines;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.shipping.pull.Pulled.PulledSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the journals of another machine, and the sources that are known there, into a folder here.
 * Everything goes over one connection; one that breaks off is made again, and goes on with the byte
 * where it stopped, in this run and in the next. For one thread; blocks; fails with {@link
 * PullException}.
 */
public final class Pull {
  /** So many connections in a row may bring nothing. */
  private static final int MOST_FRUITLESS = 3;

  private static final int LARGEST_SETTINGS = 1 << 20;
  private static final int LARGEST_SOURCES = 3 << 20;

  private final RemoteHome remote;
  private final Path folder;
  private final Map<String, String> environment;
  private final Consumer<String> messages;
  private final Set<String> done = new HashSet<>();
  private final List<String> left = new ArrayList<>();
  private long files;
  private long bytes;

  /**
   * @param folder in which the copies of all machines are kept
   * @param environment in whose PATH ssh is looked for
   * @param messages is told when a connection is made again
   */
  public Pull(
      RemoteHome remote, Path folder, Map<String, String> environment, Consumer<String> messages) {
    this.remote = remote;
    this.folder = folder.toAbsolutePath().normalize().resolve(remote.folder());
    this.environment = environment;
    this.messages = messages;
  }

  /** Brings the copies up to date. */
  public Pulled run() {
    try {
      OwnerOnly.createFolder(folder);
      int fruitless = 0;
      while (true) {
        long before = bytes + done.size();
        try (SshConnection connection = new SshConnection(remote, folder, environment)) {
          return pull(connection);
        } catch (PullException e) {
          boolean began = e.isBroken() || bytes + done.size() > 0;
          fruitless = bytes + done.size() > before ? 0 : fruitless + 1;
          if (!began || fruitless == MOST_FRUITLESS) {
            throw e;
          }
          messages.accept(e.getMessage() + "; it is made again");
        }
      }
    } catch (IOException e) {
      throw new PullException(folder + " cannot be written: " + e, false);
    }
  }

  private Pulled pull(SshConnection connection) throws IOException {
    String home = first(connection.ask("home", 0, 0, ""));
    String journals = journals(connection, home);
    List<PulledSource> sources = new ArrayList<>();
    Path own = folder.resolve("journals");
    for (String line : connection.ask("list", 0, 0, journals)) {
      RemoteFile file = RemoteFile.of(line);
      if (fetch(connection, new Mirror(own), file, "/" + name(file.path()))) {
        sources.add(new PulledSource(own, "journal", null));
      }
    }
    Path others = folder.resolve("sources");
    for (Known known : known(connection, home)) {
      boolean any = false;
      for (String line : connection.ask("walk", 0, 0, known.path)) {
        RemoteFile file = RemoteFile.of(line);
        any |= fetch(connection, new Mirror(others), file, file.path());
      }
      if (any) {
        Path copy = new Mirror(others).copy(known.path);
        sources.add(new PulledSource(copy, known.as, known.story));
      }
    }
    return new Pulled(files, bytes, left, sources.stream().distinct().toList());
  }

  /** True when there is a copy of it now. */
  private boolean fetch(SshConnection connection, Mirror mirror, RemoteFile file, String as)
      throws IOException {
    if (!file.isPlain() || !new RemoteFile(0, as).isPlain()) {
      String told = RemoteHome.shown(file.path()) + ": its name is not one that a file gets here";
      if (!left.contains(told)) {
        left.add(told);
      }
      return false;
    }
    if (done.contains(mirror.copy(as).toString())) {
      return true;
    }
    bytes += mirror.fetch(connection, file, as);
    if (done.add(mirror.copy(as).toString())) {
      files++;
    }
    return Files.exists(mirror.copy(as));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private String first(List<String> lines) {
    if (lines.isEmpty() || !lines.getFirst().startsWith("/")) {
      throw new PullException(remote.host() + " does not tell where its home is", false);
    }
    return lines.getFirst();
  }

  /** The folder of its journals. */
  private static String journals(SshConnection connection, String home) {
    byte[] settings = connection.get(0, LARGEST_SETTINGS, home + "/config.json");
    if (settings.length > 0
        && value(settings, 0, settings.length) instanceof Map<?, ?> all
        && all.get("logging") instanceof Map<?, ?> logging
        && logging.get("base_path") instanceof String told
        && !told.isBlank()
        && told.chars().noneMatch(c -> c < ' ')) {
      return told.startsWith("/") ? told : home + "/" + told;
    }
    return home;
  }

  private record Known(String path, @Nullable String as, @Nullable String story) {}

  private List<Known> known(SshConnection connection, String home) {
    byte[] lines = connection.get(0, LARGEST_SOURCES, home + "/sources.jsonl");
    List<Known> known = new ArrayList<>();
    for (int from = 0; from < lines.length; ) {
      int to = Lines.end(lines, from, lines.length);
      if (value(lines, from, to) instanceof Map<?, ?> map
          && map.get("path") instanceof String path) {
        if (new RemoteFile(0, path).isPlain()) {
          known.add(new Known(path, text(map.get("as")), text(map.get("story"))));
        } else {
          left.add(RemoteHome.shown(path) + ": no source with such a path is read");
        }
      }
      from = to + 1;
    }
    return known;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  private static @Nullable Object value(byte[] bytes, int from, int to) {
    try {
      return new JsonReader().reset(bytes, from, to).value();
    } catch (JsonException e) {
      return null;
    }
  }
}
