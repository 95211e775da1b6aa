package dev.flightlog.recorder;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** What newer Java versions can do than the 17 for which this is compiled. */
final class JavaVersion {
  private static final @Nullable MethodHandle IS_VIRTUAL =
      find(Thread.class, "isVirtual", MethodType.methodType(boolean.class));

  private JavaVersion() {}

  static boolean isVirtual(Thread thread) {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      return false;
    }
  }

  /** A public method, or null where this Java has none such. */
  static @Nullable MethodHandle find(Class<?> owner, String name, MethodType type) {
    try {
      return MethodHandles.publicLookup().findVirtual(owner, name, type);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
