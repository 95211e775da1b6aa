package dev.flightlog.recorder.agents;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes the arguments of an agent's method hold: one for each character of a text,
 * the bytes of byte arrays and buffers, eight for a number or truth value, and what arrays,
 * collections, maps, optionals and records contain. Other objects count nothing, since their {@code
 * toString} is their own affair.
 */
public final class ContextSize {
  /** It could not be told, since an object of the host threw. */
  public static final long UNKNOWN = -1;

  private static final int DEEPEST = 16;
  private static final int MOST_VALUES = 10_000;
  private static final int NUMBER = 8;

  /** The accessors of records, looked up once a class. */
  private static final ClassValue<MethodHandle[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected MethodHandle[] computeValue(Class<?> type) {
          return accessors(type);
        }
      };

  private int values;

  private ContextSize() {}

  /** The size of these arguments, or {@link #UNKNOWN}. Looks at 10,000 values at most. */
  public static long of(@Nullable Object @Nullable [] arguments) {
    if (arguments == null || arguments.length == 0) {
      return 0;
    }
    ContextSize size = new ContextSize();
    long total = 0;
    try {
      for (Object argument : arguments) {
        total += size.of(argument, 0);
      }
      return total;
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return UNKNOWN;
    }
  }

  private long of(@Nullable Object value, int depth) throws Throwable {
    if (value == null || depth > DEEPEST || values++ > MOST_VALUES) {
      return 0;
    }
    if (value instanceof CharSequence text) {
      return text.length();
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
      return NUMBER;
    }
    if (value instanceof Collection<?> all) {
      return of((Iterable<?>) all, depth);
    }
    if (value instanceof Map<?, ?> map) {
      return of(map.keySet(), depth) + of(map.values(), depth);
    }
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    if (value instanceof ByteBuffer buffer) {
      return buffer.remaining();
    }
    if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null), depth + 1);
    }
    if (value instanceof Record) {
      return ofRecord(value, depth);
    }
    return value.getClass().isArray() ? ofArray(value, depth) : 0;
  }

  private long of(Iterable<?> all, int depth) throws Throwable {
    long total = 0;
    for (Object each : all) {
      total += of(each, depth + 1);
      if (values > MOST_VALUES) {
        break;
      }
    }
    return total;
  }

  private long ofArray(Object array, int depth) throws Throwable {
    if (!(array instanceof Object[] objects)) {
      return (long) Array.getLength(array) * (array instanceof char[] ? 1 : NUMBER);
    }
    long total = 0;
    for (int i = 0; i < objects.length && values <= MOST_VALUES; i++) {
      total += of(objects[i], depth + 1);
    }
    return total;
  }

  private long ofRecord(Object value, int depth) throws Throwable {
    long total = 0;
    for (MethodHandle component : COMPONENTS.get(value.getClass())) {
      total += of((Object) component.invokeExact(value), depth + 1);
    }
    return total;
  }

  /** None where the record's package is closed to us. */
  private static MethodHandle[] accessors(Class<?> type) {
    List<MethodHandle> handles = new ArrayList<>();
    try {
      for (RecordComponent component : type.getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        handles.add(
            MethodHandles.lookup()
                .unreflect(component.getAccessor())
                .asType(MethodType.methodType(Object.class, Object.class)));
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      return new MethodHandle[0];
    }
    return handles.toArray(new MethodHandle[0]);
  }
}
