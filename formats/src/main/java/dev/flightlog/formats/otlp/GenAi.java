package dev.flightlog.formats.otlp;

import dev.flightlog.formats.usage.Billing;
import dev.flightlog.formats.usage.Usage;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conventions for generative AI, every generation of them, and those of OpenLLMetry and
 * OpenInference that came before. Stateless.
 */
final class GenAi {
  /** Attributes that become fields or details of their own. */
  static final Set<String> CONSUMED =
      Set.of(
          "gen_ai.operation.name",
          "gen_ai.provider.name",
          "gen_ai.system",
          "gen_ai.request.model",
          "gen_ai.response.model",
          "gen_ai.response.id",
          "gen_ai.response.finish_reasons",
          "gen_ai.conversation.id",
          "gen_ai.agent.name",
          "gen_ai.tool.name",
          "gen_ai.tool.call.id",
          "gen_ai.tool.call_id",
          "gen_ai.tool.call.arguments",
          "gen_ai.tool.call.result",
          "gen_ai.input.messages",
          "gen_ai.output.messages",
          "gen_ai.usage.input_tokens",
          "gen_ai.usage.output_tokens",
          "gen_ai.usage.cache_read.input_tokens",
          "gen_ai.usage.cache_creation.input_tokens",
          "gen_ai.usage.cache_write.input_tokens",
          "gen_ai.usage.prompt_tokens",
          "gen_ai.usage.completion_tokens",
          "error.type",
          "session.id");

  /** What a span or event is about. */
  enum Operation {
    MODEL,
    TOOL,
    MCP,
    AGENT,
    OTHER,
    NONE
  }

  private static final Set<String> MODEL =
      Set.of(
          "chat", "generate_content", "text_completion", "completion", "embeddings", "responses");

  private static final Set<String> OTHER =
      Set.of(
          "create_agent",
          "invoke_workflow",
          "plan",
          "retrieval",
          "create_memory",
          "create_memory_store",
          "search_memory",
          "update_memory",
          "upsert_memory",
          "delete_memory",
          "delete_memory_store",
          "fetch_response");

  private GenAi() {}

  /** What these attributes are about. */
  static Operation operation(Attributes at) {
    String name = name(at);
    if (name.isEmpty()) {
      return at.text("mcp.method.name") != null ? mcp(at) : Operation.NONE;
    }
    if (MODEL.contains(name)) {
      return Operation.MODEL;
    }
    return switch (name) {
      case "execute_tool" ->
          at.has("mcp.method.name") && !at.has("gen_ai.tool.call.id") ? mcp(at) : Operation.TOOL;
      case "invoke_agent" -> Operation.AGENT;
      default -> Operation.OTHER;
    };
  }

  /** Of the calls of an MCP server only those of its tools are calls of tools. */
  private static Operation mcp(Attributes at) {
    return at.is("mcp.method.name", "tools/call") ? Operation.MCP : Operation.NONE;
  }

  /** The operation's name as the conventions have it; empty when it is none of theirs. */
  static String name(Attributes at) {
    String told = at.text("gen_ai.operation.name");
    if (told != null) {
      String name = told.toLowerCase(Locale.ROOT);
      return MODEL.contains(name)
              || OTHER.contains(name)
              || name.equals("execute_tool")
              || name.equals("invoke_agent")
          ? name
          : at.has("gen_ai.tool.name") ? "execute_tool" : "other";
    }
    String kind = at.text("traceloop.span.kind", "openinference.span.kind", "llm.request.type");
    String older = kind == null ? "" : kind.toLowerCase(Locale.ROOT);
    switch (older) {
      case "llm", "chat", "completion" -> {
        return "chat";
      }
      case "embedding", "embeddings" -> {
        return "embeddings";
      }
      case "tool" -> {
        return "execute_tool";
      }
      case "agent" -> {
        return "invoke_agent";
      }
      case "workflow" -> {
        return "invoke_workflow";
      }
      case "retriever", "reranker", "rerank" -> {
        return "retrieval";
      }
      default -> {}
    }
    boolean used = input(at) >= 0 || output(at) >= 0;
    if (used && model(at) != null) {
      return "chat";
    }
    return at.has("gen_ai.tool.name") && !at.has("mcp.method.name") ? "execute_tool" : "";
  }

  /** The model that answered; else the one that was asked. */
  static @Nullable String model(Attributes at) {
    return at.text(
        "gen_ai.response.model",
        "gen_ai.request.model",
        "llm.model_name",
        "llm.response.model",
        "llm.request.model",
        "embedding.model_name");
  }

  static @Nullable String tool(Attributes at) {
    return at.text("gen_ai.tool.name", "tool.name", "traceloop.entity.name", "tool_name");
  }

  static @Nullable String agent(Attributes at) {
    return at.text("gen_ai.agent.name", "agent.name", "gen_ai.agent.id");
  }

  static @Nullable String session(Attributes at) {
    return at.text(
        "gen_ai.conversation.id",
        "session.id",
        "session_id",
        "conversation.id",
        "traceloop.association.properties.session_id",
        "langfuse.session.id");
  }

  private static long input(Attributes at) {
    return at.count(
        "gen_ai.usage.input_tokens",
        "gen_ai.usage.prompt_tokens",
        "llm.usage.prompt_tokens",
        "llm.token_count.prompt");
  }

  private static long output(Attributes at) {
    return at.count(
        "gen_ai.usage.output_tokens",
        "gen_ai.usage.completion_tokens",
        "llm.usage.completion_tokens",
        "llm.token_count.completion");
  }

  /**
   * What a response used. Cached tokens are a part of the input, and reasoning a part of the
   * output; where more was cached than there was input, the source counts them apart.
   */
  static Usage usage(Attributes at) {
    long input = Math.max(0, input(at));
    long output = Math.max(0, output(at));
    long read =
        Math.max(
            0,
            at.count(
                "gen_ai.usage.cache_read.input_tokens",
                "gen_ai.usage.cache_read_input_tokens",
                "llm.usage.cache_read_input_tokens",
                "llm.token_count.prompt_details.cache_read"));
    long write =
        Math.max(
            0,
            at.count(
                "gen_ai.usage.cache_write.input_tokens",
                "gen_ai.usage.cache_creation.input_tokens",
                "gen_ai.usage.cache_creation_input_tokens",
                "llm.usage.cache_creation_input_tokens",
                "llm.token_count.prompt_details.cache_write"));
    Usage usage =
        read + write > input
            ? Usage.of(input, output, read, write)
            : Usage.ofInclusive(input, output, read, write);
    String tier = at.text("gen_ai.response.service_tier", "openai.response.service_tier");
    return usage.billed(Billing.of(tier, null, null));
  }
}
