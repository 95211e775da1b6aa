package dev.flightlog.benchmarks.generated;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Real Claude Code sessions, the bundled samples, again and again, each time with other ids:
 * another person's sessions of the same kind.
 */
public final class Transcripts {
  private static final String SAMPLES = "cli/src/main/resources/dev/flightlog/cli/data/samples";
  private static final Pattern IDS =
      Pattern.compile(
          "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
              + "|(?<=toolu_|msg_|req_)[0-9A-Za-z]{20,30}");

  private Transcripts() {}

  /** A {@code projects} tree of at least so many bytes; made when it is not there yet. */
  public static Path ofSize(long bytes, Path root, Path work) throws IOException {
    return make(work.resolve("transcripts-" + bytes), root, bytes, Integer.MAX_VALUE);
  }

  /** A {@code projects} tree of so many files, of the smaller samples. */
  public static Path ofFiles(int files, Path root, Path work) throws IOException {
    return make(work.resolve("transcripts-files-" + files), root, Long.MAX_VALUE, files);
  }

  private static Path make(Path folder, Path root, long bytes, int files) throws IOException {
    Path projects = folder.resolve("projects");
    Path ready = folder.resolve("ready");
    if (Files.exists(ready)) {
      return projects;
    }
    List<Path> samples = samples(root.resolve(SAMPLES), files == Integer.MAX_VALUE);
    long written = 0;
    for (int i = 0; i < files && written < bytes; i++) {
      Path sample = samples.get(i % samples.size());
      int copy = i / samples.size();
      String text = renamed(Files.readString(sample), copy);
      Path project = projects.resolve(sample.getName(sample.getNameCount() - 2) + "-" + copy);
      Files.createDirectories(project);
      String name = renamed(String.valueOf(sample.getFileName()), copy);
      Files.writeString(project.resolve(name), text);
      written += text.getBytes(StandardCharsets.UTF_8).length;
    }
    Files.createFile(ready);
    return projects;
  }

  private static List<Path> samples(Path folder, boolean large) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> each.toString().endsWith(".jsonl"))
          .filter(each -> large || each.toFile().length() < 200_000)
          .sorted()
          .toList();
    }
  }

  private static String renamed(String text, int copy) {
    return IDS.matcher(text).replaceAll(found -> another(found, copy));
  }

  private static String another(MatchResult found, int copy) {
    String id = found.group();
    String hex = HexFormat.of().formatHex(sha256(copy + id));
    if (id.indexOf('-') < 0) {
      return hex.substring(0, id.length());
    }
    StringBuilder out = new StringBuilder(id.length());
    for (int i = 0; i < id.length(); i++) {
      out.append(id.charAt(i) == '-' ? '-' : hex.charAt(i));
    }
    return out.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
