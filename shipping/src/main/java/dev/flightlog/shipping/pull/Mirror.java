package dev.flightlog.shipping.pull;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The copies of files of another machine, below one folder, each under the path that it has there.
 * A copy grows as its original does; one that was cut or replaced is copied anew. For one thread.
 */
final class Mirror {
  private static final int CHUNK = 3 << 20;
  private static final int OVERLAP = 256;

  private final Path folder;

  Mirror(Path folder) {
    this.folder = folder;
  }

  /** Where the copy of a file is. */
  Path copy(String path) {
    Path copy = folder.resolve(path.substring(1)).normalize();
    if (!copy.startsWith(folder)) {
      throw new PullException("a file there has a name that leads out of its folder", false);
    }
    return copy;
  }

  /**
   * Brings a copy up to date, as far as the file went when it was listed.
   *
   * @param as the path of the copy
   * @return how many bytes came
   */
  long fetch(SshConnection from, RemoteFile file, String as) throws IOException {
    Path copy = copy(as);
    OwnerOnly.createFolder(AtomicFile.folderOf(copy));
    if (Files.isSymbolicLink(copy) || Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)) {
      throw new PullException(copy + " is no file; remove it", false);
    }
    long have = Files.exists(copy) ? Files.size(copy) : 0;
    if (have > file.size() || (have > 0 && !continues(from, file, copy, have))) {
      return anew(from, file, copy);
    }
    return append(from, file, copy, have);
  }

  private static boolean continues(SshConnection from, RemoteFile file, Path copy, long have)
      throws IOException {
    int overlap = (int) Math.min(OVERLAP, have);
    byte[] there = from.get(have - overlap, overlap, file.path());
    ByteBuffer here = ByteBuffer.allocate(overlap);
    try (FileChannel channel = FileChannel.open(copy)) {
      while (here.hasRemaining() && channel.read(here, have - here.remaining()) > 0) {
        // Until it is full.
      }
    }
    return Arrays.equals(there, here.array());
  }

  /** Until the new copy is whole the old one stays. */
  private static long anew(SshConnection from, RemoteFile file, Path copy) throws IOException {
    Path fresh = copy.resolveSibling(copy.getFileName() + ".tmp");
    Files.deleteIfExists(fresh);
    long came = append(from, file, fresh, 0);
    Files.move(fresh, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return came;
  }

  private static long append(SshConnection from, RemoteFile file, Path copy, long have)
      throws IOException {
    long at = have;
    try (FileChannel channel =
        OwnerOnly.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (at < file.size()) {
        byte[] bytes = from.get(at, Math.min(CHUNK, file.size() - at), file.path());
        if (bytes.length == 0) {
          break;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer, at + bytes.length - buffer.remaining());
        }
        at += bytes.length;
      }
    }
    return at - have;
  }
}
