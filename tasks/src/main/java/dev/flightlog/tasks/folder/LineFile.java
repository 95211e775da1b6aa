package dev.flightlog.tasks.folder;

import dev.flightlog.event.files.Lines;
import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of lines, open for appending. When it does not end in a line feed, because a process died
 * or the disk was full in the middle of a line, the next line begins afresh, so that the torn one
 * spoils no other. For one thread.
 */
final class LineFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private long size;

  private LineFile(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  static LineFile open(Path path) throws IOException {
    FileChannel channel =
        OwnerOnly.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    LineFile file = new LineFile(path, channel, -1);
    try {
      file.size = channel.size();
      file.beginLine();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return file;
  }

  long size() {
    return size;
  }

  /** Appends whole lines, each with its line feed. */
  void append(ByteBuffer lines) throws IOException {
    if (size != channel.size()) {
      beginLine();
    }
    try {
      while (lines.hasRemaining()) {
        size += channel.write(lines);
      }
    } catch (IOException e) {
      size = -1;
      throw e;
    }
  }

  private void beginLine() throws IOException {
    size = channel.size();
    try (FileChannel reading = FileChannel.open(path, StandardOpenOption.READ)) {
      if (!Lines.beginAt(reading, size)) {
        size += channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
    }
  }

  /** Makes what was appended survive a power cut. */
  void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
