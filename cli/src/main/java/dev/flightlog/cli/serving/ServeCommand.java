package dev.flightlog.cli.serving;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.home.RunningServer;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.server.http.HttpConfig;
import dev.flightlog.server.http.HttpServer;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.server.web.ServerException;
import dev.flightlog.tasks.index.TaskIndexException;
import java.util.concurrent.CountDownLatch;

/** {@code serve}: the HTTP server, until it is told to stop; and the tokens of its callers. */
public final class ServeCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "serve",
            "Serve questions, events, tasks and webhooks over HTTP, until Ctrl-C or SIGTERM. On loopback only, unless"
                + " there is a token and --host names another address.")
        .with(
            Option.number("--port", "N", "where to listen, instead of server.port; 0 for any free"),
            Option.text("--host", "ADDR", "where to listen, instead of server.host"),
            Option.flag("--worker", "run agents for the tasks in the queue, too, as 'worker' does"),
            Option.text("--new-token", "NAME", "make a token, print it this once, and end"),
            Option.text("--remove-token", "NAME", "forget a token, and end"),
            Option.flag("--tokens", "list the tokens by name, and end"))
        .example(
            "flightlog serve --port 4280",
            "flightlog serve --worker",
            "flightlog serve --new-token laptop",
            "flightlog serve --host 0.0.0.0");
  }

  @Override
  public Launch launch() {
    return Launch.SERVE;
  }

  @Override
  public int run(Invocation call) throws InterruptedException {
    if (!call.home().isWritable()) {
      throw CommandException.failed(
          call.home().path()
              + " cannot be written, and serve keeps deliveries, tasks and tokens there: make it"
              + " writable, then start serve again; questions are answered without it: flightlog ask");
    }
    try {
      Tokens tokens = Tokens.inHome(call.home().folder());
      String added = call.option("--new-token");
      String removed = call.option("--remove-token");
      if (added != null) {
        call.console().out().println(tokens.add(added, call.console().clock().instant()));
        call.console().say("keep it: it is not shown again. Only its hash is stored.");
      } else if (removed != null) {
        tokens.remove(removed);
        call.console().say("the token is forgotten; who still sends it is refused");
      } else if (call.flag("--tokens")) {
        list(tokens, call);
      } else {
        serve(config(call, tokens), call);
      }
      return CommandException.OK;
    } catch (ServerException | TaskIndexException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  private static void list(Tokens tokens, Invocation call) {
    Table table = new Table(java.util.List.of("name", "created_at"));
    tokens.all().forEach(token -> table.add(token.name(), token.createdAt()));
    Format format = call.format();
    table.print(format, call.console().out(), call.console().screen());
  }

  private static HttpConfig config(Invocation call, Tokens tokens) {
    Integer port = call.number("--port");
    int wanted = port == null ? call.settings().number(Setting.SERVER_PORT) : port;
    if (wanted < 0 || wanted > 65_535) {
      throw CommandException.usage("a port is from 0 to 65535, not " + wanted);
    }
    String host = call.option("--host");
    HttpConfig config =
        HttpConfig.loopback(wanted, tokens)
            .host(host == null ? call.settings().text(Setting.SERVER_HOST) : host)
            .tokenAlways(call.settings().flag(Setting.SERVER_REQUIRE_TOKEN));
    for (String name : call.settings().text(Setting.SERVER_NAMES).split(",")) {
      config = name.isBlank() ? config : config.name(name.strip());
    }
    return config;
  }

  private static void serve(HttpConfig config, Invocation call) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        Thread.ofPlatform()
            .unstarted(() -> {
              stopped.countDown();
              try {
                ended.await();
              } catch (InterruptedException e) {
                return;
              }
              Runtime.getRuntime().halt(CommandException.OK);
            });
    ServerLog.to(call.console());
    HttpServer.prepare();
    try (Serving serving = Serving.open(call);
        HttpServer server = HttpServer.start(config, serving.features())) {
      Runtime.getRuntime().addShutdownHook(hook);
      serving.start();
      RunningServer.begin(call.home(), server.uri());
      call.console().out().println("Flightlog listens on " + server.uri());
      call.console().out().flush();
      stopped.await();
    } finally {
      RunningServer.end(call.home());
      ended.countDown();
    }
  }
}
