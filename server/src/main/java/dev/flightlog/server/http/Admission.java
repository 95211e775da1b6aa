package dev.flightlog.server.http;

/** One request's way past the limit of its route; for one thread. */
final class Admission implements AutoCloseable {
  private final Places places;
  private boolean taken;

  Admission(Places places) {
    this.places = places;
  }

  /**
   * To be called before the body is read.
   *
   * @throws dev.flightlog.server.web.ProblemException 429 when there is too much to do
   */
  void beforeBody() {
    places.await();
  }

  /**
   * To be called before anything is decoded.
   *
   * @throws dev.flightlog.server.web.ProblemException 429 when there is too much to do
   */
  void beforeDecoding() {
    if (!taken) {
      places.take();
      taken = true;
    }
  }

  @Override
  public void close() {
    if (taken) {
      places.release();
      taken = false;
    }
  }
}
