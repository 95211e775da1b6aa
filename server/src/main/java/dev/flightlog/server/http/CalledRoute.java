package dev.flightlog.server.http;

import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.ProblemException;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A route with those who answer it, whatever a request came over. Safe for many threads. */
final class CalledRoute {
  private static final Logger LOG = Logger.getLogger(CalledRoute.class.getName());

  private final Route route;
  private final Workers workers;
  private final Places places;

  CalledRoute(Route route, Workers workers) {
    this.route = route;
    this.workers = workers;
    places = new Places(route.limits().atATime(), route.limits().patience());
  }

  /** Reads a request. */
  interface Source {
    /**
     * @param admission refuses when there is too much to do
     */
    Request request(Admission admission) throws IOException;
  }

  /**
   * The answer, or the problem that there is.
   *
   * @param source reads the request, and may refuse it
   * @param contentType of the request, in whose form a problem may be told
   */
  Response answer(Source source, @Nullable String contentType) throws IOException {
    Problem problem;
    try (Admission admission = new Admission(places)) {
      return workers.answer(route, source.request(admission));
    } catch (ProblemException e) {
      problem = e.problem();
    } catch (ExecutionException e) {
      problem = failed(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem = Problem.overloaded("the server is stopping", Duration.ofSeconds(5));
    }
    return route.problems().of(problem, contentType);
  }

  private Problem failed(@Nullable Throwable e) {
    if (e instanceof OutOfMemoryError) {
      // Whatever else was lost with it cannot be known, and a server that is gone is started anew.
      LOG.log(Level.SEVERE, route + " ran out of memory; the process ends", e);
      Runtime.getRuntime().halt(1);
    }
    if (e instanceof ProblemException refused) {
      return refused.problem();
    }
    if (e instanceof StoreException store) {
      boolean later =
          store.worthRetrying()
              || store.kind() == StoreException.Kind.STOPPED
              || store.kind() == StoreException.Kind.CLOSED;
      if (later) {
        return Problem.overloaded("the index cannot answer now", Duration.ofSeconds(2));
      }
      if (store.kind() == StoreException.Kind.REFUSED) {
        return Problem.badRequest(String.valueOf(store.getMessage()));
      }
    }
    LOG.log(Level.WARNING, route + " failed", e);
    return Problem.of(500, "the server failed; its log says why");
  }

  /** The query parameters, if the route knows all of them. */
  Map<String, List<String>> query(Map<String, List<String>> given) {
    Map<String, List<String>> query = new HashMap<>();
    for (Map.Entry<String, List<String>> entry : given.entrySet()) {
      Parameter known = known(entry.getKey());
      if (known == null) {
        throw Problem.badRequest("there is no parameter '" + entry.getKey() + "' here" + names())
            .exception();
      }
      if (!known.repeated() && entry.getValue().size() > 1) {
        throw Problem.badRequest("the parameter '" + known.name() + "' was given twice")
            .exception();
      }
      query.put(known.name(), entry.getValue());
    }
    for (Parameter parameter : route.parameters()) {
      boolean missing =
          parameter.place() == Parameter.Place.QUERY
              && parameter.required()
              && !query.containsKey(parameter.name());
      if (missing) {
        throw Problem.badRequest("the parameter '" + parameter.name() + "' is needed").exception();
      }
    }
    return query;
  }

  private @Nullable Parameter known(String name) {
    for (Parameter parameter : route.parameters()) {
      if (parameter.place() == Parameter.Place.QUERY && parameter.name().equals(name)) {
        return parameter;
      }
    }
    return null;
  }

  private String names() {
    List<String> names = new ArrayList<>();
    for (Parameter parameter : route.parameters()) {
      if (parameter.place() == Parameter.Place.QUERY) {
        names.add(parameter.name());
      }
    }
    return names.isEmpty() ? "; it takes none" : "; there are: " + String.join(", ", names);
  }
}
