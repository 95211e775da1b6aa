package dev.flightlog.cli.command;

/** Which version of Flightlog this is. Stateless. */
public final class Version {
  private Version() {}

  /** As the program's archive tells it; for classes that stand in none, that they do. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(from sources)" : version;
  }
}
