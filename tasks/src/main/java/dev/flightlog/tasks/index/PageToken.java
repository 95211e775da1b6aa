package dev.flightlog.tasks.index;

import dev.flightlog.event.EventIds;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The place behind the last task of a page: what it was sorted by, and its row. It names a place
 * and no number of rows, so tasks that come or change meanwhile neither repeat nor hide others. It
 * holds for the search it was made by only.
 *
 * @param key cost or duration of the last task; 0 when sorted by time
 * @param row its row
 */
record PageToken(double key, long row) {
  private static final int LENGTH = 20;

  String encode(TaskQuery query) {
    byte[] bytes =
        ByteBuffer.allocate(LENGTH).putInt(check(query)).putDouble(key).putLong(row).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static @Nullable PageToken of(TaskQuery query) {
    String page = query.page();
    if (page == null) {
      return null;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(page));
      if (bytes.remaining() == LENGTH && bytes.getInt() == check(query)) {
        return new PageToken(bytes.getDouble(), bytes.getLong());
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw TaskIndexException.wrong(
        "this page is not of this search: take it from the answer to the same search, or leave it"
            + " out to begin anew");
  }

  private static int check(TaskQuery query) {
    TaskQuery same = query.page(null).limit(1);
    // A record of enums has no hash that is equal in every process; its text has.
    return EventIds.ofKey(
            new java.util.TreeSet<>(same.statuses()) + same.statuses(java.util.Set.of()).toString())
        .hashCode();
  }
}
