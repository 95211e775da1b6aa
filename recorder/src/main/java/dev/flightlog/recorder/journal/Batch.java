package dev.flightlog.recorder.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run of records that leaves the ring together: which journals they go to, and which of their
 * lines are already there. Reused; for the draining thread only.
 */
final class Batch {
  /** The most bytes of a batch in the ring, and so of lines in one write. */
  static final int MAX_BYTES = 512 * 1024;

  /** The most journals of a batch. */
  static final int MAX_PARTS = 16;

  private static final byte DONE = -1;

  /** The lines for one journal. */
  static final class Part {
    final String name;
    private final byte[] nameBytes;
    long sizeBefore;
    int missing;

    /** True when a write has failed, after which more may be in the journal than is known. */
    boolean uncertain;

    Part(byte[] nameBytes) {
      this.nameBytes = nameBytes;
      this.name = new String(nameBytes, StandardCharsets.US_ASCII);
    }
  }

  private final Ring ring;
  private final Damaged damaged;
  private final List<Part> known = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private long[] positions = new long[512];
  private byte[] partOf = new byte[512];
  private int count;
  private long from;
  private long to;

  /** Is told of what a dead process's ring holds that is no record. */
  interface Damaged {
    void piece(long from, long to);
  }

  Batch(Ring ring, Damaged damaged) {
    this.ring = ring;
    this.damaged = damaged;
  }

  /** Of a ring in use, in which damage is an error. */
  Batch(Ring ring) {
    this(ring, (from, to) -> {});
  }

  long from() {
    return from;
  }

  long to() {
    return to;
  }

  List<Part> parts() {
    return parts;
  }

  int count() {
    return count;
  }

  long position(int record) {
    return positions[record];
  }

  boolean isMissing(int record, int part) {
    return partOf[record] == part;
  }

  void done(int record) {
    parts.get(partOf[record]).missing--;
    partOf[record] = DONE;
  }

  /**
   * Gathers whole records from where the journals end.
   *
   * @param limit the position not to go beyond
   * @param dead true when no writer lives: then what was never finished is passed over
   * @return false when there is nothing to take
   * @throws DamagedRingException when the bytes are no records
   */
  boolean collect(long limit, boolean dead) throws DamagedRingException {
    from = ring.consumed();
    long end = Math.min(limit, from + MAX_BYTES);
    count = 0;
    parts.clear();
    long at = from;
    while (at < limit) {
      if (dead && !Salvage.isSound(ring, at, limit)) {
        long sound = Salvage.next(ring, at + Long.BYTES, limit);
        damaged.piece(at, sound);
        at = sound;
        continue;
      }
      long header = ring.header(at);
      if (header <= 0) {
        if (!dead) {
          break;
        }
        at += header == 0 ? 8 : checkedRoom(-header, limit - at);
        continue;
      }
      long next = at + checkedRoom(Ring.room(header), limit - at);
      if (!Ring.isPadding(header)) {
        if (next > end && count > 0) {
          break;
        }
        int part = partOf(at, header);
        if (part < 0) {
          break;
        }
        add(at, part);
      }
      at = next;
    }
    to = at;
    return to > from;
  }

  private static long checkedRoom(long room, long most) throws DamagedRingException {
    if (room <= 0 || room > most) {
      throw new DamagedRingException("a record of " + room + " bytes where " + most + " are left");
    }
    return room;
  }

  private void add(long position, int part) {
    if (count == positions.length) {
      positions = Arrays.copyOf(positions, count * 2);
      partOf = Arrays.copyOf(partOf, count * 2);
    }
    positions[count] = position;
    partOf[count++] = (byte) part;
    parts.get(part).missing++;
  }

  /** The part for this record's journal, or -1 when the batch has enough of them. */
  private int partOf(long position, long header) throws DamagedRingException {
    int nameAt = ring.nameAt(position);
    int length = Ring.nameLength(header);
    for (int i = 0; i < parts.size(); i++) {
      if (isNamed(parts.get(i), nameAt, length)) {
        return i;
      }
    }
    if (parts.size() == MAX_PARTS) {
      return -1;
    }
    Part part = known(nameAt, length);
    part.missing = 0;
    part.uncertain = false;
    parts.add(part);
    return parts.size() - 1;
  }

  private Part known(int nameAt, int length) throws DamagedRingException {
    for (Part part : known) {
      if (isNamed(part, nameAt, length)) {
        return part;
      }
    }
    if (length > Intent.MAX_NAME) {
      throw new DamagedRingException("a journal name of " + length + " bytes");
    }
    byte[] name = new byte[length];
    ring.bytes().get(nameAt, name);
    Part part = new Part(name);
    if (!JournalFiles.isJournalName(part.name)) {
      throw new DamagedRingException("a journal name that is none of ours");
    }
    if (known.size() == MAX_PARTS * 2) {
      known.clear();
    }
    known.add(part);
    return part;
  }

  private boolean isNamed(Part part, int nameAt, int length) {
    byte[] name = part.nameBytes;
    if (name.length != length) {
      return false;
    }
    ByteBuffer bytes = ring.bytes();
    // From the end: names differ in the day, or in the story before it.
    for (int i = length - 1; i >= 0; i--) {
      if (bytes.get(nameAt + i) != name[i]) {
        return false;
      }
    }
    return true;
  }
}
