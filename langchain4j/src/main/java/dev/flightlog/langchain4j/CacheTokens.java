package dev.flightlog.langchain4j;

import dev.langchain4j.model.output.TokenUsage;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of a provider's cache. LangChain4j tells them by classes of each provider's own, none of
 * which this room depends on; their accessors are looked up once a class.
 *
 * @param read from the cache
 * @param written into it
 */
record CacheTokens(long read, long written) {
  private static final CacheTokens NONE = new CacheTokens(0, 0);

  /** What one class of usage can tell. */
  private record Accessors(@Nullable MethodHandle read, @Nullable MethodHandle written) {}

  private static final ClassValue<Accessors> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Accessors computeValue(Class<?> type) {
          MethodHandle read = number(type, "cacheReadInputTokens"); // Anthropic, Bedrock
          read = read == null ? number(type, "cachedContentTokenCount") : read; // Gemini
          read = read == null ? nested(type, "inputTokensDetails", "cachedTokens") : read; // OpenAI
          MethodHandle written = number(type, "cacheCreationInputTokens"); // Anthropic
          written = written == null ? number(type, "cacheWriteInputTokens") : written; // Bedrock
          return new Accessors(read, written);
        }
      };

  static CacheTokens of(TokenUsage usage) {
    if (usage.getClass() == TokenUsage.class) {
      return NONE;
    }
    Accessors accessors = ACCESSORS.get(usage.getClass());
    return new CacheTokens(count(accessors.read, usage), count(accessors.written, usage));
  }

  private static long count(@Nullable MethodHandle accessor, TokenUsage usage) {
    try {
      Object found = accessor == null ? null : (Object) accessor.invokeExact((Object) usage);
      return found instanceof Number number ? Math.max(0, number.longValue()) : 0;
    } catch (Throwable e) {
      return 0;
    }
  }

  private static @Nullable MethodHandle number(Class<?> type, String name) {
    MethodHandle found = accessor(type, name);
    return found == null ? null : generic(found);
  }

  /** The accessor of an object that an accessor gives; null where that gives null. */
  private static @Nullable MethodHandle nested(Class<?> type, String outer, String inner) {
    MethodHandle first = accessor(type, outer);
    MethodHandle second = first == null ? null : accessor(first.type().returnType(), inner);
    return first == null || second == null
        ? null
        : generic(MethodHandles.filterReturnValue(first, second));
  }

  private static @Nullable MethodHandle accessor(Class<?> type, String name) {
    try {
      return MethodHandles.publicLookup().unreflect(type.getMethod(name));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static MethodHandle generic(MethodHandle accessor) {
    return accessor.asType(MethodType.methodType(Object.class, Object.class));
  }
}
