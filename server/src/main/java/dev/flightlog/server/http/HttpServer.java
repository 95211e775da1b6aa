package dev.flightlog.server.http;

import dev.flightlog.server.health.Health;
import dev.flightlog.server.health.MetricsFeature;
import dev.flightlog.server.openapi.OpenApi;
import dev.flightlog.server.start.StartPage;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Method;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.ServerException;
import dev.flightlog.tasks.PeriodicThread;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server, running. A request passes the {@link Gate} (whose name, whose site, which
 * token), is routed, read whole by {@link BodyReader} on a virtual thread, answered on a platform
 * thread by {@link Workers}, and sent from the virtual thread again: so many connections may be
 * slow, and few handlers run. Safe for many threads.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(HttpServer.class.getName());
  private static final int HEAD_BYTES = 32 * 1024;

  /** Kept here, because a logger that nobody holds forgets its level. */
  private static final List<Logger> LIBRARIES =
      List.of(
          Logger.getLogger("org.eclipse.jetty"),
          Logger.getLogger("org.eclipse.jetty.util.HostPort"),
          Logger.getLogger("org.eclipse.jetty.http.HttpParser"),
          Logger.getLogger("io.javalin"));

  private final HttpConfig config;
  private final InetAddress address;
  private final List<Feature> features;
  private final List<Route> routes;
  private final Gate gate;
  private final Workers workers;
  private final HttpMetrics metrics = new HttpMetrics();
  private final Javalin javalin;
  private int port;
  private final PeriodicThread watch = new PeriodicThread("flightlog-connections", LOG::warning);

  /** What these would tell is told by us, or written by strangers; but for failures of Jetty. */
  private static void quietLibraries() {
    LIBRARIES.forEach(logger -> logger.setLevel(Level.OFF));
    LIBRARIES.getFirst().setLevel(Level.WARNING);
  }

  private HttpServer(HttpConfig config, List<Feature> given) {
    this.config = config;
    this.address = config.address();
    features = new ArrayList<>(given);
    features.add(new Health(given, this::isStopping));
    Map<String, List<Route>> byFeature = new LinkedHashMap<>();
    features.add(new MetricsFeature(given, () -> metrics.families(underWay(), waiting())));
    features.add(new OpenApi(() -> byFeature));
    features.add(new StartPage(() -> byFeature));
    routes = routes(features, byFeature);
    Paths paths = new Paths(routes);
    gate =
        new Gate(
            new Hosts(address, config.names()),
            config.tokens(),
            config.tokenAlways(),
            paths,
            metrics);
    workers = new Workers(config.capacity().threads(), config.capacity().queue());
    javalin = Javalin.create(javalinConfig -> configure(javalinConfig, paths));
  }

  /**
   * Begins to load what a server is made of, on a thread of its own, while the caller opens what it
   * will serve. Returns at once.
   */
  public static void prepare() {
    Thread.ofPlatform()
        .name("flightlog-prepare")
        .daemon()
        .start(() -> {
          quietLibraries();
          Javalin.create();
          Server server = new Server(new QueuedThreadPool());
          server.addConnector(new ServerConnector(server, 1, 1, new HttpConnectionFactory()));
          server.setHandler(new ServletContextHandler());
        });
  }

  /**
   * Starts with these features; health and the OpenAPI document come by themselves.
   *
   * @throws ServerException when the address is refused, in use, or not ours
   */
  public static HttpServer start(HttpConfig config, List<Feature> features) {
    quietLibraries();
    HttpServer server = new HttpServer(config, features);
    try {
      server.javalin.start();
    } catch (RuntimeException e) {
      server.workers.close();
      server.watch.close();
      throw server.notStarted(e);
    }
    server.port = server.javalin.port();
    SlowHeads heads = new SlowHeads(server.connector(), config.capacity().head());
    Duration every = Duration.ofMillis(Math.max(20, config.capacity().head().toMillis() / 10));
    server.watch.every(
        every, every, "looking for slow connections", () -> heads.look(System.nanoTime()));
    return server;
  }

  private ServerException notStarted(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new ServerException(
            "cannot listen on "
                + Hosts.literal(address)
                + ":"
                + config.port()
                + " ("
                + cause.getMessage()
                + "): stop what uses the port, or choose another with --port");
      }
    }
    return new ServerException("the server cannot start: " + e.getMessage());
  }

  private static List<Route> routes(List<Feature> features, Map<String, List<Route>> byFeature) {
    List<Route> routes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Feature feature : features) {
      List<Route> own = feature.routes();
      byFeature.put(feature.name(), own);
      for (Route route : own) {
        if (!seen.add(route.method() + " " + route.path().replaceAll("\\{[a-z_]+}", "{}"))) {
          throw new IllegalStateException(route + " is registered twice");
        }
        routes.add(route);
      }
    }
    return List.copyOf(routes);
  }

  private void configure(JavalinConfig javalinConfig, Paths paths) {
    javalinConfig.startup.showJavalinBanner = false;
    javalinConfig.startup.showOldJavalinVersionWarning = false;
    javalinConfig.startup.startupWatcherEnabled = false;
    javalinConfig.http.compressionStrategy = CompressionStrategy.NONE;
    javalinConfig.http.prefer405over404 = true;
    QueuedThreadPool threads = new QueuedThreadPool(32, 4);
    threads.setName("flightlog-http");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("flightlog-connection-", 0).factory()));
    javalinConfig.jetty.threadPool = threads;
    javalinConfig.jetty.modifyServer(this::configure);
    javalinConfig.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new Problems()));
    javalinConfig.jetty.modifyHttpConfiguration(HttpServer::configure);
    javalinConfig.jetty.addConnector(this::connector);
    BodyReader bodies = new BodyReader(config.capacity().bodyBytes(), config.capacity().body());
    MemoryShare answers =
        new MemoryShare(config.capacity().bodyBytes(), "too many answers are being read");
    for (Route route : routes) {
      Exchange exchange = new Exchange(route, bodies, workers, answers, metrics);
      javalinConfig.routes.addHttpHandler(type(route.method()), route.path(), exchange);
      if (route.method() == Method.GET) {
        javalinConfig.routes.addHttpHandler(HandlerType.HEAD, route.path(), exchange);
      }
    }
    javalinConfig.routes.exception(
        HttpResponseException.class,
        (e, context) -> metrics.refused(refuse(e.getStatus(), paths, context)));
  }

  private void configure(Server server) {
    server.setErrorHandler(new Problems());
    server.setHandler(gate);
    gate.setHandler(WebSockets.handler(server, routes, workers, config.capacity().idle()));
    server.addBean(new NetworkConnectionLimit(config.capacity().connections(), server));
    // close() has waited already.
    server.setStopTimeout(0);
  }

  private static void configure(HttpConfiguration http) {
    http.setRequestHeaderSize(HEAD_BYTES);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setUriCompliance(UriCompliance.DEFAULT);
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostAddress());
    connector.setPort(config.port());
    connector.setIdleTimeout(config.capacity().idle().toMillis());
    connector.setAcceptQueueSize(256);
    return connector;
  }

  private static HandlerType type(Method method) {
    return switch (method) {
      case GET -> HandlerType.GET;
      case POST -> HandlerType.POST;
      case PUT -> HandlerType.PUT;
      case DELETE -> HandlerType.DELETE;
    };
  }

  /** What the router itself refuses. */
  private static int refuse(int status, Paths paths, Context context) {
    String allowed = paths.allowed(context.path());
    Problem problem =
        !allowed.isEmpty()
            ? Problem.of(405, "this route takes " + allowed + " only").header("Allow", allowed)
            : Problem.of(
                status == 405 ? 404 : status,
                "there is no such route; GET /api/openapi.json lists them");
    context.status(problem.status());
    problem.headers().forEach(context::header);
    context.contentType(Problem.MEDIA_TYPE);
    context.result(problem.json().getBytes(StandardCharsets.UTF_8));
    return problem.status();
  }

  private ServerConnector connector() {
    return (ServerConnector) javalin.jettyServer().server().getConnectors()[0];
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://" + Hosts.literal(address) + ":" + port);
  }

  /** All that is registered, in order. */
  public List<Route> routes() {
    return routes;
  }

  private int underWay() {
    return gate.underWay();
  }

  private int waiting() {
    return workers.waiting();
  }

  private boolean isStopping() {
    return gate.isClosing();
  }

  /**
   * Stops: takes no more connections at once, refuses new requests on open ones, waits for those
   * that run as long as the capacity says, then closes. May be called twice.
   */
  @Override
  public synchronized void close() {
    if (gate.isClosing()) {
      return;
    }
    gate.close();
    connector().close();
    features.forEach(Feature::stopping);
    Duration drain = config.capacity().drain();
    long end = System.nanoTime() + drain.toNanos();
    while (gate.underWay() > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(5_000_000);
    }
    if (gate.underWay() > 0) {
      LOG.warning(gate.underWay() + " requests ran longer than " + drain.toSeconds() + " s");
    }
    watch.close();
    try {
      javalin.stop();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the server did not stop cleanly", e);
    }
    workers.close();
    for (Feature feature : features) {
      try {
        feature.close();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, feature.name() + " did not close", e);
      }
    }
  }
}
