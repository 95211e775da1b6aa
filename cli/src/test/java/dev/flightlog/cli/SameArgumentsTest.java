package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.NamedArgument;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.server.mcp.McpTools;
import dev.flightlog.server.questions.EventsFeature;
import dev.flightlog.server.questions.QuestionsFeature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Route;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What may be said by name is the same on the command line, over HTTP and in MCP. */
class SameArgumentsTest {
  private final MemoryStore store = new MemoryStore();
  private final Answerer answerer = new Answerer(store, new TokenEstimate(1), Clock.systemUTC());
  private final McpTools tools =
      new McpTools(
          answerer::ask,
          agent -> {
            throw new IllegalStateException("no tasks here");
          });

  private static Set<String> options(String command) {
    Set<String> names = new TreeSet<>();
    for (Option option :
        Objects.requireNonNull(Commands.ALL.get(command)).get().syntax().options()) {
      names.add(option.name());
    }
    return names;
  }

  private static Set<String> asOptions(List<NamedArgument> arguments) {
    Set<String> names = new TreeSet<>();
    arguments.forEach(argument -> names.add(argument.option()));
    return names;
  }

  private static Set<String> parameters(List<Route> routes, String path) {
    Set<String> names = new TreeSet<>();
    for (Route route : routes) {
      if (route.path().equals(path)) {
        route.parameters().stream().map(Parameter::name).forEach(names::add);
      }
    }
    return names;
  }

  private Set<String> properties(String tool) {
    return tools.all().stream()
        .filter(each -> each.tool().name().equals(tool))
        .map(each -> (Map<?, ?>) each.tool().inputSchema().get("properties"))
        .map(all -> {
          Set<String> names = new TreeSet<>(McpTools.TOLD_ONCE);
          all.keySet().forEach(name -> names.add(String.valueOf(name)));
          return names;
        })
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> names(List<NamedArgument> arguments) {
    Set<String> names = new TreeSet<>();
    arguments.forEach(argument -> names.add(argument.name()));
    return names;
  }

  @Test
  void whatChoosesEventsIsAnOptionAParameterAndAPropertyEverywhere() {
    Set<String> wanted = names(EventFilter.ALL);
    assertThat(wanted).contains("project", "until", "timezone", "session", "tool", "failed");
    for (String command : List.of("search", "tail", "export")) {
      assertThat(options(command)).as(command).containsAll(asOptions(EventFilter.ALL));
    }
    EventsFeature events = new EventsFeature(store, () -> {}, () -> "", Clock.systemUTC());
    Set<String> ofEvents = parameters(events.routes(), "/api/events");
    ofEvents.removeAll(Set.of("text", "order", "limit", "page"));
    assertThat(ofEvents).isEqualTo(wanted);
    Set<String> ofTool = properties("search");
    ofTool.removeAll(Set.of("text", "order", "limit", "max_tokens"));
    assertThat(ofTool).isEqualTo(wanted);
  }

  @Test
  void everyQuestionTakesTheSameNamesOverHttpAndInMcpAndAskKnowsThemAll() {
    List<Route> routes = new QuestionsFeature(answerer::ask).routes();
    Set<String> ofAsk = options("ask");
    for (Question question : Questions.all()) {
      Set<String> wanted = names(question.named());
      List<String> positional = new ArrayList<>();
      for (Argument argument : question.arguments()) {
        positional.add(Reader.key(argument.name()));
      }
      positional.forEach(name -> assertThat(wanted).as(question.name()).doesNotContain(name));
      assertThat(ofAsk).containsAll(asOptions(question.named()));
      Set<String> ofRoute = parameters(routes, "/api/ask/" + question.name());
      ofRoute.remove("format");
      Set<String> ofTool = properties(question.name());
      positional.forEach(ofRoute::remove);
      positional.forEach(ofTool::remove);
      assertThat(ofRoute).as(question.name()).isEqualTo(wanted);
      assertThat(ofTool).as(question.name()).isEqualTo(wanted);
    }
    McpTools.TOLD_ONCE.forEach(name -> assertThat(McpTools.INSTRUCTIONS).contains(name));
  }
}
