package dev.flightlog.alerts.guard;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.files.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder {@code guard} of a home. While it holds a file {@code all}, or one named like a
 * session, hooks refuse the tool calls of every session, or of this one. The first line of the file
 * is the reason: printable ASCII without quotes, backslashes, dollar signs and backticks, so that a
 * shell may put it into JSON as it is. A second line {@code automatic} says that a budget made it,
 * and that it goes when the budget is kept again. Stateless but for the folder; blocks for files.
 */
public final class GuardFiles {
  /** The folder's name in the home. */
  public static final String FOLDER = "guard";

  /** The file that refuses the tool calls of every session. */
  public static final String ALL = "all";

  private static final String AUTOMATIC = "automatic";
  private static final String ALLOWED = "allowed";
  private static final Duration ALLOWED_FOR = Duration.ofDays(1);
  private static final int LONGEST = 300;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final Path folder;

  private GuardFiles(Path folder) {
    this.folder = folder;
  }

  /** Of the home in this folder. */
  public static GuardFiles inHome(Path home) {
    return new GuardFiles(home.resolve(FOLDER));
  }

  /** True when a session of this id can be refused: it can be the name of a file. */
  public static boolean canName(String session) {
    return NAME.matcher(session).matches() && !session.equals(ALL) && !session.equals(ALLOWED);
  }

  /**
   * Refuses from now on, until somebody allows it.
   *
   * @param session null for every session
   */
  public void stop(@Nullable String session, String reason) throws IOException {
    write(name(session), reason, false);
    Files.deleteIfExists(folder.resolve(ALLOWED).resolve(name(session)));
  }

  /** The same until the budget is kept again; not for what a person allowed in the last day. */
  void stopByBudget(@Nullable String session, String reason, Instant now) throws IOException {
    String name = name(session);
    if (!isAllowed(name, now) && refusal(name).isEmpty()) {
      write(name, reason, true);
    }
  }

  private void write(String name, String reason, boolean automatic) throws IOException {
    OwnerOnly.createFolder(folder);
    String text = plain(reason) + "\n" + (automatic ? AUTOMATIC + "\n" : "");
    AtomicFile.write(folder.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Refuses no more; what a budget refused is allowed for a day.
   *
   * @param now as of when the day counts
   * @return false when nothing was refused
   */
  public boolean allow(@Nullable String session, Instant now) throws IOException {
    String name = name(session);
    Optional<Refusal> refusal = refusal(name);
    if (refusal.isEmpty()) {
      return false;
    }
    if (refusal.get().automatic()) {
      Path allowed = folder.resolve(ALLOWED);
      OwnerOnly.createFolder(allowed);
      OwnerOnly.createFile(allowed.resolve(name));
      Files.setLastModifiedTime(allowed.resolve(name), FileTime.from(now));
    }
    return Files.deleteIfExists(folder.resolve(name));
  }

  /** Takes away what a budget made, because it is kept again. */
  void allowByBudget(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  private boolean isAllowed(String name, Instant now) throws IOException {
    try {
      Instant since = Files.getLastModifiedTime(folder.resolve(ALLOWED).resolve(name)).toInstant();
      return since.plus(ALLOWED_FOR).isAfter(now);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Why tool calls are refused.
   *
   * @param automatic true when a budget made it
   */
  public record Refusal(String reason, boolean automatic) {}

  /** What is refused now: by session, or {@link #ALL}. */
  public Map<String, Refusal> all() throws IOException {
    Map<String, Refusal> all = new LinkedHashMap<>();
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (NAME.matcher(name).matches()) {
          refusal(name).ifPresent(refusal -> all.put(name, refusal));
        }
      }
    }
    return all;
  }

  private Optional<Refusal> refusal(String name) throws IOException {
    try {
      byte[] content = RegularFile.read(folder.resolve(name));
      List<String> lines = new String(content, StandardCharsets.ISO_8859_1).lines().toList();
      return Optional.of(
          new Refusal(
              lines.isEmpty() ? "" : lines.getFirst(),
              lines.size() > 1 && lines.get(1).equals(AUTOMATIC)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String name(@Nullable String session) {
    if (session != null && !canName(session)) {
      throw new IllegalArgumentException("no session has an id such as this one: " + session);
    }
    return session == null ? ALL : session;
  }

  /** Printable ASCII on one line, without what a shell or JSON would take for more. */
  static String plain(String reason) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < reason.length() && out.length() < LONGEST; i++) {
      char c = reason.charAt(i);
      out.append(c < ' ' || c > '~' ? ' ' : "\"\\$`".indexOf(c) >= 0 ? '\'' : c);
    }
    return out.toString().strip();
  }
}
