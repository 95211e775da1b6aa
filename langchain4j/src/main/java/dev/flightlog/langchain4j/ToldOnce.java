package dev.flightlog.langchain4j;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which objects were recorded already, by identity, for as long as they live. For any thread. */
final class ToldOnce {
  private static final class Reference extends WeakReference<Object> {
    private final int hash;

    Reference(Object object, @Nullable ReferenceQueue<Object> collected) {
      super(object, collected);
      hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object own = get();
      return own != null && other instanceof Reference that && that.refersTo(own);
    }
  }

  private final Set<Reference> told = ConcurrentHashMap.newKeySet();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  /** True the first time. */
  boolean isNew(Object object) {
    for (var gone = collected.poll(); gone != null; gone = collected.poll()) {
      told.remove(gone);
    }
    return told.add(new Reference(object, collected));
  }
}
