package dev.flightlog.langchain4j;

import dev.flightlog.recorder.EventBuilder;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/** What the event of a model's call says. */
final class ModelCalls {
  private ModelCalls() {}

  static EventBuilder asked(
      EventBuilder event, ChatRequest request, @Nullable ModelProvider provider) {
    if (provider != null && provider != ModelProvider.OTHER) {
      event.detail("provider", provider.name().toLowerCase(java.util.Locale.ROOT));
    }
    return event
        .model(request.modelName())
        .input(request.messages().stream().map(Object::toString).toList());
  }

  static EventBuilder answered(
      EventBuilder event, ChatResponse response, @Nullable ModelProvider provider) {
    if (response.modelName() != null) {
      event.model(response.modelName());
    }
    if (response.aiMessage() != null) {
      event.output(response.aiMessage().text());
    }
    if (response.finishReason() != null) {
      event.detail(
          "stop_reason", response.finishReason().name().toLowerCase(java.util.Locale.ROOT));
    }
    event.detail("response_id", response.id());
    TokenUsage usage = response.tokenUsage();
    return usage == null ? event : tokens(event, usage, provider);
  }

  /**
   * Input tokens without those from the cache, as everywhere in Flightlog. Anthropic and Bedrock
   * tell them so; the others tell all input tokens.
   */
  private static EventBuilder tokens(
      EventBuilder event, TokenUsage usage, @Nullable ModelProvider provider) {
    long input = zero(usage.inputTokenCount());
    CacheTokens cache = CacheTokens.of(usage);
    boolean apart = provider == ModelProvider.ANTHROPIC || provider == ModelProvider.AMAZON_BEDROCK;
    if (!apart && cache.read() + cache.written() <= input) {
      input -= cache.read() + cache.written();
    }
    event.inputTokens(input).outputTokens(zero(usage.outputTokenCount()));
    if (cache.read() > 0) {
      event.cacheReadTokens(cache.read());
    }
    return cache.written() > 0 ? event.cacheWriteTokens(cache.written()) : event;
  }

  private static long zero(@Nullable Integer count) {
    return count == null ? 0 : Math.max(0, count);
  }
}
