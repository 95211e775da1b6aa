package dev.flightlog.learning.instructions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A file of somebody else's that we may change a little; read whole. */
public sealed interface ForeignFile {
  /** Larger ones are left alone. */
  int MOST_BYTES = 4 << 20;

  /** It is there. The bytes belong to whoever asked. */
  record Read(Path target, byte[] bytes) implements ForeignFile {
    @Override
    public boolean equals(Object other) {
      return other instanceof Read read
          && target.equals(read.target)
          && java.util.Arrays.equals(bytes, read.bytes);
    }

    @Override
    public int hashCode() {
      return 31 * target.hashCode() + java.util.Arrays.hashCode(bytes);
    }
  }

  /** There is none. */
  record Missing(Path path) implements ForeignFile {}

  /**
   * It must be left alone.
   *
   * @param reason with how to mend it
   */
  record Refused(String reason) implements ForeignFile {}

  /** Reads it. */
  static ForeignFile of(Path path) throws IOException {
    Path target;
    try {
      target = path.toRealPath();
    } catch (NoSuchFileException e) {
      return Files.isSymbolicLink(path)
          ? new Refused(path + " is a link to a file that does not exist: create that file")
          : new Missing(path);
    }
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder != null && !target.startsWith(folder.toRealPath())) {
      return new Refused(
          path + " is a link to " + target + ", outside of its folder: name that file itself");
    }
    if (!Files.isRegularFile(target)) {
      return new Refused(path + " is no file");
    }
    if (!Files.isWritable(target) || isMarkedReadOnly(target)) {
      return new Refused(path + " cannot be written: change its permissions and try again");
    }
    long size = Files.size(target);
    if (size > MOST_BYTES) {
      return new Refused(
          path + " has " + size + " bytes, more than the " + MOST_BYTES + " that agents read");
    }
    return new Read(target, Files.readAllBytes(target));
  }

  /** Whether nobody may write it, which the superuser could pass over. */
  private static boolean isMarkedReadOnly(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view != null
        && view.readAttributes().permissions().stream()
            .noneMatch(
                Set.of(
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.GROUP_WRITE,
                        PosixFilePermission.OTHERS_WRITE)
                    ::contains);
  }

  /** Whether these bytes are text that we can read. */
  static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
