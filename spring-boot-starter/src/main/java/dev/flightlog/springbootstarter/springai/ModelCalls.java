package dev.flightlog.springbootstarter.springai;

import dev.flightlog.recorder.EventBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/** What the event of a model's call says. */
final class ModelCalls {
  private ModelCalls() {}

  static EventBuilder describe(EventBuilder event, ChatModelObservationContext context) {
    Prompt prompt = context.getRequest();
    ChatOptions options = prompt == null ? null : prompt.getOptions();
    ChatResponse response = context.getResponse();
    ChatResponseMetadata metadata = response == null ? null : response.getMetadata();
    String provider = context.getOperationMetadata().provider();
    String model = metadata == null ? null : metadata.getModel();
    if (model == null || model.isBlank()) {
      model = options == null ? null : options.getModel();
    }
    event.model(model).detail("provider", provider);
    if (prompt != null) {
      event.input(prompt.getContents());
    }
    if (metadata != null) {
      event.detail("response_id", metadata.getId());
      tokens(event, metadata.getUsage(), provider);
    }
    if (response != null && response.getResult() != null) {
      event
          .output(response.getResult().getOutput().getText())
          .detail("stop_reason", response.getResult().getMetadata().getFinishReason());
    }
    return context.isStreaming() ? event.detail("streaming", true) : event;
  }

  /**
   * Input tokens without those from the cache, as everywhere in Flightlog. Anthropic and Bedrock
   * tell them so; the others tell all input tokens.
   */
  private static void tokens(EventBuilder event, @Nullable Usage usage, @Nullable String provider) {
    if (usage == null || zero(usage.getTotalTokens()) == 0) {
      return;
    }
    long input = zero(usage.getPromptTokens());
    long read = zero(usage.getCacheReadInputTokens());
    long written = zero(usage.getCacheWriteInputTokens());
    String by = provider == null ? "" : provider.toLowerCase(Locale.ROOT);
    boolean apart = by.contains("anthropic") || by.contains("bedrock");
    if (!apart && read + written <= input) {
      input -= read + written;
    }
    event.inputTokens(input).outputTokens(zero(usage.getCompletionTokens()));
    if (read > 0) {
      event.cacheReadTokens(read);
    }
    if (written > 0) {
      event.cacheWriteTokens(written);
    }
  }

  private static long zero(@Nullable Number count) {
    return count == null ? 0 : Math.max(0, count.longValue());
  }
}
