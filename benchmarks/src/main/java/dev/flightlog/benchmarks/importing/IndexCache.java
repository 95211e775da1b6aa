package dev.flightlog.benchmarks.importing;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/** Homes with journals imported, kept between runs until the code that fills them changes. */
public final class IndexCache {
  private IndexCache() {}

  /** A home with the index of these journals. */
  public static Path of(Path journals, Settings settings) throws IOException, InterruptedException {
    String name = "index-" + journals.getFileName();
    Path home = settings.work().resolve(name);
    Path made = settings.work().resolve(name + ".made-by");
    String code = fingerprint();
    if (Files.exists(home) && Files.exists(made) && Files.readString(made).equals(code)) {
      return home;
    }
    settings.emptyFolder(name);
    Forked.java(
        ImportProcess.class, ImportJournals.JAVA, List.of(home.toString(), journals.toString()));
    Files.writeString(made, code);
    return home;
  }

  private static String fingerprint() throws IOException {
    CRC32 sum = new CRC32();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.contains("flightlog-") && entry.endsWith(".jar")) {
        sum.update(Files.readAllBytes(Path.of(entry)));
      }
    }
    return Long.toHexString(sum.getValue());
  }
}
