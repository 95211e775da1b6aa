package dev.flightlog.benchmarks.launching;

/** What a JVM takes to do nothing. */
final class Nothing {
  private Nothing() {}

  public static void main(String[] arguments) {}
}
