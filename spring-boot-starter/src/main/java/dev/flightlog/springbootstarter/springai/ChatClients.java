package dev.flightlog.springbootstarter.springai;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.observation.ChatClientObservationContext;

/** What is asked of a ChatClient's call; apart, since its class need not be there. */
final class ChatClients {
  private ChatClients() {}

  static boolean isClient(Observation.ContextView context) {
    return context instanceof ChatClientObservationContext;
  }

  /** The agent that the call names, or null. */
  static @Nullable String agent(Observation.Context context) {
    Object name =
        ((ChatClientObservationContext) context)
            .getRequest()
            .context()
            .get(SpringAiObservationHandler.AGENT);
    return name instanceof String agent && !agent.isBlank() ? agent : null;
  }

  /** What the call gives to the model. */
  static @Nullable Object[] given(Observation.Context context) {
    return new @Nullable Object[] {
      ((ChatClientObservationContext) context).getRequest().prompt().getContents()
    };
  }
}
