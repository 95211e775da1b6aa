package dev.flightlog.stores.clickhouse.rows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The columns of the table {@code events} that come from details. Not safe for several threads. */
final class DetailColumns {
  private final DetailFacts facts = new DetailFacts();
  private final BlockColumn[] hot = new BlockColumn[HotDetail.count()];
  private final NumberColumn present;
  private final TextColumn plain;

  DetailColumns(int rows) {
    for (int i = 0; i < hot.length; i++) {
      HotDetail detail = HotDetail.at(i);
      hot[i] =
          detail.isText()
              ? new DictionaryColumn(detail.column(), false, rows)
              : new NumberColumn(detail.column(), "Float64", false, rows);
    }
    present = new NumberColumn("present", "UInt32", true, rows);
    plain = new TextColumn("details_plain", false, rows);
  }

  /** Takes what stands in the details of a row. */
  void put(int row, byte[] details, int from, int to) {
    facts.look(details, from, to);
    String readable = facts.plain(details, from, to);
    if (readable != null) {
      byte[] utf8 = readable.getBytes(StandardCharsets.UTF_8);
      plain.put(row, utf8, 0, utf8.length);
    }
    present.put(row, facts.present());
    for (int bits = facts.typed(); bits != 0; bits &= bits - 1) {
      int which = Integer.numberOfTrailingZeros(bits);
      switch (hot[which]) {
        case NumberColumn numbers ->
            numbers.put(row, Double.doubleToRawLongBits(facts.number(which)));
        case DictionaryColumn texts -> put(row, which, details, texts);
        case TextColumn _ -> throw new IllegalStateException("no detail is kept so");
      }
    }
  }

  private void put(int row, int which, byte[] details, DictionaryColumn texts) {
    String decoded = facts.decoded(which);
    if (decoded == null) {
      texts.put(row, details, facts.start(which), facts.end(which) - facts.start(which));
    } else {
      byte[] utf8 = decoded.getBytes(StandardCharsets.UTF_8);
      texts.put(row, utf8, 0, utf8.length);
    }
  }

  List<BlockColumn> all() {
    List<BlockColumn> all = new ArrayList<>(List.of(hot));
    all.add(present);
    all.add(plain);
    return all;
  }
}
