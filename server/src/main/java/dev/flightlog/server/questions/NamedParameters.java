package dev.flightlog.server.questions;

import dev.flightlog.analysis.arguments.NamedArgument;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Schema;
import java.util.List;

/** Arguments by name as parameters of a query. Stateless. */
final class NamedParameters {
  private NamedParameters() {}

  static Parameter[] of(List<NamedArgument> arguments) {
    return arguments.stream()
        .map(argument -> Parameter.query(argument.name(), schema(argument), argument.meaning()))
        .toArray(Parameter[]::new);
  }

  static Schema schema(NamedArgument argument) {
    return switch (argument.kind()) {
      case TEXT -> Schema.text();
      case WHOLE -> Schema.integer().between(1, NamedArgument.MOST);
      case CHOICE -> Schema.oneOf(argument.choices());
      case FLAG -> Schema.bool();
    };
  }
}
