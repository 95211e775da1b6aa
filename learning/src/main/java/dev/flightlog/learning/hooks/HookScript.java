package dev.flightlog.learning.hooks;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The script that every hook runs: it leaves what the hook was told in a folder, from which it is
 * taken up, and shows what is on trial. It starts no program of ours and waits for nobody.
 *
 * <pre>
 *   hooks/hook.sh   the script
 *   hooks/statusline.sh   the status line of Claude Code
 *   hooks/spool/    what hooks were told, one file each
 * </pre>
 */
public final class HookScript {
  private final Path home;

  /**
   * @param home the folder of Flightlog
   */
  public HookScript(Path home) {
    this.home = home.toAbsolutePath().normalize();
  }

  /** Where it stands. */
  public Path path() {
    return home.resolve("hooks").resolve("hook.sh");
  }

  /** The script of the status line, beside it. */
  public Path statusLine() {
    return home.resolve("hooks").resolve("statusline.sh");
  }

  /** Where it stood, which older settings name. */
  Path former() {
    return home.resolve("trials").resolve("hook.sh");
  }

  /** Where it leaves what hooks are told. */
  public Path spool() {
    return home.resolve("hooks").resolve("spool");
  }

  /** Writes the script, and makes the folder in which it leaves what hooks are told. */
  public void write() throws IOException {
    OwnerOnly.createFolder(home.resolve("hooks"));
    OwnerOnly.createFolder(spool());
    write(path(), "receive.sh");
    write(statusLine(), "statusline.sh");
  }

  private void write(Path file, String resource) throws IOException {
    String head =
        "fl_spool="
            + HookFiles.quoted(spool().toString())
            + "\nfl_trial="
            + HookFiles.quoted(former().toString())
            + "\nfl_guard="
            + HookFiles.quoted(home.resolve("guard").toString())
            + "\nfl_now="
            + HookFiles.quoted(home.resolve("hooks").resolve("now").toString())
            + "\n";
    byte[] how = HookFiles.resource(resource);
    byte[] what = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(what, what.length + how.length);
    System.arraycopy(how, 0, all, what.length, how.length);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), all)) {
      AtomicFile.write(file, all);
    }
  }

  /** Stops leaving anything; what was left already is still taken up. */
  public void remove() throws IOException {
    Files.deleteIfExists(path());
  }
}
