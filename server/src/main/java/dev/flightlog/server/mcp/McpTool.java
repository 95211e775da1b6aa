package dev.flightlog.server.mcp;

import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.store.StoreException;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.SafeText;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One tool, whatever a client came over. Immutable.
 *
 * @param definition what a client is told of it
 * @param names of the arguments it takes
 */
record McpTool(Tool definition, Set<String> names, Handler handler) {

  /** Answers a call whose arguments have names that the tool knows. */
  interface Handler {
    /**
     * @param client what the client calls itself; null when it does not
     */
    CallToolResult answer(Map<String, Object> arguments, @Nullable String client);
  }

  /** Answers a call; a mistake in it is a result, too, with a sentence that says how to mend it. */
  CallToolResult call(@Nullable Map<String, Object> given, @Nullable String client) {
    Map<String, Object> arguments = given == null ? Map.of() : given;
    try {
      for (String argument : arguments.keySet()) {
        checkKnown(argument);
      }
      return handler.answer(arguments, client);
    } catch (QuestionException | StoreException e) {
      return CallToolResult.builder()
          .addTextContent(String.valueOf(e.getMessage()))
          .isError(true)
          .build();
    }
  }

  private void checkKnown(String argument) {
    if (names.contains(argument)) {
      return;
    }
    List<String> nearest = Nearest.to(argument, names, 1);
    throw new QuestionException(
        "'"
            + definition.name()
            + "' takes no argument '"
            + SafeText.shortened(argument, 40)
            + "'"
            + (nearest.isEmpty() ? "" : "; did you mean '" + nearest.getFirst() + "'?")
            + (nearest.isEmpty() ? "; it takes: " : " It takes: ")
            + String.join(", ", names));
  }
}
