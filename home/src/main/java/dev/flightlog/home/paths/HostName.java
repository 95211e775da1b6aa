package dev.flightlog.home.paths;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What this machine is called. Stateless; asks no name server where the system tells it. */
public final class HostName {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /**
   * The host name, {@code unknown} when there is none.
   *
   * @param environment in which Windows tells it
   */
  public static String of(Map<String, String> environment) {
    String told = environment.getOrDefault("COMPUTERNAME", "").strip();
    if (told.isEmpty()) {
      try {
        told = Files.readString(LINUX).strip();
      } catch (IOException notLinux) {
        told = askedFor();
      }
    }
    return told.isEmpty() ? "unknown" : told;
  }

  private static String askedFor() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }
}
