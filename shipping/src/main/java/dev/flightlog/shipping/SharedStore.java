package dev.flightlog.shipping;

import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Mark;
import dev.flightlog.store.sql.SqlStore;
import dev.flightlog.store.view.StoreView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A store that many machines share, as one of them appends to it: every row goes through {@link
 * OutgoingRows}, so that nothing reaches the store by another way.
 */
public class SharedStore extends StoreView {
  private final Sender sender;
  private final @Nullable SealedMarks sealed;

  SharedStore(EventStore store, Sender sender, byte[] key) {
    super(store);
    this.sender = sender;
    this.sealed = sender.figuresOnly() ? new SealedMarks(key) : null;
  }

  /**
   * The store as this sender sees it; one that can be asked in SQL still can.
   *
   * @param key of this machine alone, 32 bytes by chance: what it keeps in the store for itself is
   *     encrypted under it when texts stay at home
   */
  public static EventStore of(EventStore store, Sender sender, byte[] key) {
    if (key.length != SealedMarks.KEY_BYTES) {
      throw new IllegalArgumentException("the key has " + key.length + " bytes instead of 32");
    }
    return store instanceof SqlStore sql
        ? new SharedSqlStore(sql, sender, key)
        : new SharedStore(store, sender, key);
  }

  @Override
  public Appended append(Append append) {
    SealedMarks seal = sealed;
    List<Mark> marks =
        seal == null
            ? append.marks()
            : append.marks().stream()
                .map(mark -> Mark.isOfAll(mark.key()) ? mark : seal.seal(mark))
                .toList();
    return behind()
        .append(
            append.events().isEmpty()
                ? new Append(append.events(), marks)
                : new Append(new OutgoingRows(sender).of(append.events()), marks));
  }

  @Override
  public Map<String, String> marks(String prefix) {
    SealedMarks seal = sealed;
    if (seal == null || Mark.isOfAll(prefix)) {
      return behind().marks(prefix);
    }
    Map<String, String> opened = seal.open(behind().marks(SealedMarks.kind(prefix)), prefix);
    if (Mark.OF_ALL.startsWith(prefix)) {
      opened.putAll(behind().marks(Mark.OF_ALL));
    }
    return opened;
  }

  @Override
  public Map<String, String> marksOf(Collection<String> keys) {
    Map<String, String> found = new TreeMap<>();
    List<String> ofAll = keys.stream().filter(Mark::isOfAll).toList();
    found.putAll(behind().marksOf(ofAll));
    for (String key : keys) {
      String value = Mark.isOfAll(key) ? null : marks(key).get(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  @Override
  public Set<String> markKeys(String prefix) {
    return Mark.isOfAll(prefix) ? behind().markKeys(prefix) : marks(prefix).keySet();
  }
}
