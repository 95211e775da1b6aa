package dev.flightlog.stores.clickhouse.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The columns of the table {@code events} that come from details. Not safe for several threads. */
final class DetailColumns {
  private final int rows;
  private final int[] present;
  private final int[] typed;
  private final @Nullable String[] plain;
  private final double[][] numbers = new double[HotDetail.count()][];

  /** Where each text stands among all of them: its place, and its length. */
  private final long[][] texts = new long[HotDetail.count()][];

  private byte[] bytes = new byte[1 << 14];
  private int used;

  DetailColumns(int rows) {
    this.rows = rows;
    present = new int[rows];
    typed = new int[rows];
    plain = new String[rows];
    for (int i = 0; i < HotDetail.count(); i++) {
      if (HotDetail.at(i).isText()) {
        texts[i] = new long[rows];
      } else {
        numbers[i] = new double[rows];
      }
    }
  }

  /** Takes what stands in the details of a row. */
  void keep(int row, DetailFacts facts, byte[] details, int from, int to) {
    facts.look(details, from, to);
    plain[row] = facts.plain(details, from, to);
    present[row] = facts.present();
    typed[row] = facts.typed();
    for (int bits = facts.typed(); bits != 0; bits &= bits - 1) {
      int hot = Integer.numberOfTrailingZeros(bits);
      if (HotDetail.at(hot).isText()) {
        String decoded = facts.decoded(hot);
        if (decoded == null) {
          texts[hot][row] = put(details, facts.start(hot), facts.end(hot));
        } else {
          byte[] utf8 = decoded.getBytes(StandardCharsets.UTF_8);
          texts[hot][row] = put(utf8, 0, utf8.length);
        }
      } else {
        numbers[hot][row] = facts.number(hot);
      }
    }
  }

  private long put(byte[] source, int from, int to) {
    int length = to - from;
    if (used + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(bytes.length * 2L, (long) used + length));
    }
    System.arraycopy(source, from, bytes, used, length);
    used += length;
    return (long) (used - length) << 32 | length;
  }

  void write(NativeBlock block) {
    for (int i = 0; i < HotDetail.count(); i++) {
      HotDetail hot = HotDetail.at(i);
      block.column(hot.column(), hot.isText() ? "Nullable(String)" : "Nullable(Float64)");
      for (int row = 0; row < rows; row++) {
        block.nulls((typed[row] & hot.bit()) == 0);
      }
      for (int row = 0; row < rows; row++) {
        if (hot.isText()) {
          block.text(bytes, (int) (texts[i][row] >>> 32), (int) texts[i][row]);
        } else {
          block.real(numbers[i][row]);
        }
      }
    }
    block.column("present", "UInt32");
    for (int bits : present) {
      block.small(bits);
    }
    block.column("details_plain", "Nullable(String)");
    for (String text : plain) {
      block.nulls(text == null);
    }
    for (String text : plain) {
      block.text(text);
    }
  }
}
