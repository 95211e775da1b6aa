package dev.flightlog.server.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The body of a response. Sent on a virtual thread, so a slow reader holds up nobody. */
public sealed interface Content {
  /** Bytes that are there. */
  record Bytes(byte[] bytes) implements Content {}

  /**
   * A part of a file that has at least so many bytes.
   *
   * @param from the first byte
   * @param length how many
   */
  record FilePart(Path file, long from, long length) implements Content {}

  /** Written while it is sent; of unknown length. */
  @FunctionalInterface
  non-sealed interface Written extends Content {
    /** Writes all of it; blocks while the reader is slow. Fails when the reader has gone. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Messages one after another, as long as both sides like: sent as server-sent events, or over a
   * WebSocket to whoever asked for one.
   */
  @FunctionalInterface
  non-sealed interface Messages extends Content {
    /**
     * Sends all of them; blocks while there are none and while the reader is slow. Runs on a
     * virtual thread, so nothing may be read from a store here. Fails when the reader has gone, or
     * took nothing for as long as a connection may be idle.
     */
    void sendTo(MessageOutput out) throws IOException;
  }
}
