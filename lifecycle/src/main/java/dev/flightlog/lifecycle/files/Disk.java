package dev.flightlog.lifecycle.files;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file operations of the operating system; folders are forced where that is possible. */
final class Disk implements FileOperations {
  @Override
  public OutputStream create(Path file) throws IOException {
    return Channels.newOutputStream(
        OwnerOnly.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE));
  }

  @Override
  public void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    AtomicFile.forceFolder(AtomicFile.folderOf(to));
  }

  @Override
  public boolean renameIfAbsent(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // There are no second names here; nobody else may write to the folder at this moment.
      if (Files.exists(to)) {
        return false;
      }
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
    AtomicFile.forceFolder(AtomicFile.folderOf(to));
    Files.deleteIfExists(from);
    return true;
  }

  @Override
  public void append(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    OwnerOnly.createFolder(folder);
  }
}
