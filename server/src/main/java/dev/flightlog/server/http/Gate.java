package dev.flightlog.server.http;

import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.ServerException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything: routes, files, upgrades, errors. It lets a request pass when it was
 * called by a name of ours, was not sent by a page of another site, and carries a token where one
 * is needed; and it counts what is under way.
 */
final class Gate extends Handler.Wrapper {
  private static final Logger LOG = Logger.getLogger(Gate.class.getName());
  private static final int MOST_HEADERS = 200;

  private final Hosts hosts;
  private final Tokens tokens;
  private final boolean tokenAlways;
  private final Paths paths;
  private final HttpMetrics metrics;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean closing;

  Gate(Hosts hosts, Tokens tokens, boolean tokenAlways, Paths paths, HttpMetrics metrics) {
    this.hosts = hosts;
    this.tokens = tokens;
    this.tokenAlways = tokenAlways;
    this.paths = paths;
    this.metrics = metrics;
  }

  /** From now on everything new is refused. */
  void close() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  /** Requests that have passed and are not answered yet. */
  int underWay() {
    return underWay.get();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    SecurityHeaders.put(response.getHeaders());
    if (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
      // Until the body was read to its end: what is left of it would be taken for the next request.
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    underWay.incrementAndGet();
    Callback counted = Callback.from(callback, underWay::decrementAndGet);
    Problem problem = problem(request);
    if (problem != null) {
      metrics.refused(problem.status());
      if (problem.status() == 401 && isNavigation(request)) {
        response.setStatus(303);
        response.getHeaders().put(HttpHeader.LOCATION, Tokens.SIGN_IN);
        counted.succeeded();
        return true;
      }
      Problems.send(problem, request, response, counted);
      return true;
    }
    boolean handled = false;
    try {
      handled = super.handle(request, response, counted);
      return handled;
    } finally {
      if (!handled) {
        underWay.decrementAndGet();
      }
    }
  }

  private @Nullable Problem problem(Request request) {
    HttpFields headers = request.getHeaders();
    if (headers.size() > MOST_HEADERS) {
      return Problem.of(431, "there are more than " + MOST_HEADERS + " header lines");
    }
    List<String> authorities = headers.getValuesList(HttpHeader.HOST);
    String authority = authorities.size() == 1 ? authorities.getFirst() : "";
    String name = Hosts.name(authority);
    if (name == null
        || !hosts.allows(name, request.getConnectionMetaData().getLocalSocketAddress())) {
      return Problem.of(
          403,
          "the Host '"
              + authority
              + "' is no name of this server: call it by 127.0.0.1, or add the name to the setting"
              + " server.names");
    }
    Problem foreign = foreign(request, authority);
    if (foreign != null) {
      return foreign;
    }
    if (closing) {
      return Problem.overloaded("the server is stopping", Duration.ofSeconds(5))
          .header("Connection", "close");
    }
    boolean needsToken =
        (tokenAlways || !hosts.isLocal(name)) && !paths.isOpen(Request.getPathInContext(request));
    return needsToken ? unknown(headers) : null;
  }

  /** Refuses what a page of another site sent: a browser says so, and no page can make it lie. */
  private static @Nullable Problem foreign(Request request, String authority) {
    for (HttpField field : request.getHeaders()) {
      if (field.getHeader() == HttpHeader.ORIGIN) {
        String origin = String.valueOf(field.getValue());
        if (!origin.equalsIgnoreCase("http://" + authority)
            && !origin.equalsIgnoreCase("https://" + authority)) {
          return Problem.of(403, "the Origin '" + origin + "' is another site");
        }
      } else if (field.is("Sec-Fetch-Site")) {
        String site = String.valueOf(field.getValue());
        boolean ours = site.equals("same-origin") || site.equals("none");
        if (!ours && !isNavigation(request)) {
          return Problem.of(403, "the request comes from another site");
        }
      }
    }
    return null;
  }

  /** A person followed a link: the answer is shown to them, and not to the page with the link. */
  private static boolean isNavigation(Request request) {
    return request.getMethod().equals("GET")
        && "navigate".equals(request.getHeaders().get("Sec-Fetch-Mode"))
        && "document".equals(request.getHeaders().get("Sec-Fetch-Dest"));
  }

  private @Nullable Problem unknown(HttpFields headers) {
    try {
      if (tokens.knows(token(headers))) {
        return null;
      }
    } catch (ServerException e) {
      LOG.log(Level.WARNING, e.getMessage());
      return Problem.overloaded(
          "the tokens of this server cannot be read; its log says why", Duration.ofSeconds(5));
    }
    return Problem.unauthorized(
            "a token is needed here: open "
                + Tokens.SIGN_IN
                + " in a browser, or send 'Authorization: Bearer TOKEN'; 'flightlog serve"
                + " --new-token NAME' makes one")
        .header("WWW-Authenticate", "Bearer realm=\"flightlog\"");
  }

  /** Of the header, else of the cookie that a browser got when somebody signed in. */
  private static String token(HttpFields headers) {
    List<String> given = headers.getValuesList(HttpHeader.AUTHORIZATION);
    String prefix = "bearer ";
    String value = given.size() == 1 ? given.getFirst() : "";
    if (value.regionMatches(true, 0, prefix, 0, prefix.length())) {
      return value.substring(prefix.length()).strip();
    }
    String cookie = Tokens.COOKIE + "=";
    for (String line : headers.getValuesList(HttpHeader.COOKIE)) {
      for (String pair : line.split(";", -1)) {
        if (pair.strip().startsWith(cookie)) {
          return pair.strip().substring(cookie.length());
        }
      }
    }
    return "";
  }
}
