package dev.flightlog.server.http;

import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.server.web.ServerException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the server listens, who may call it, and how much it takes. Immutable.
 *
 * @param host the address to listen on; a name or a literal
 * @param port 0 for any free one
 * @param names other names by which it is called, such as that of a proxy or tunnel
 * @param tokens who may call it from elsewhere
 * @param tokenAlways true when loopback, too, needs a token
 * @param capacity what it takes
 */
public record HttpConfig(
    String host,
    int port,
    List<String> names,
    Tokens tokens,
    boolean tokenAlways,
    Capacity capacity) {
  public HttpConfig {
    names = List.copyOf(names);
  }

  /** On loopback, with these tokens, and capacity for one machine. */
  public static HttpConfig loopback(int port, Tokens tokens) {
    return new HttpConfig("127.0.0.1", port, List.of(), tokens, false, Capacity.DEFAULT);
  }

  public HttpConfig host(String address) {
    return new HttpConfig(address, port, names, tokens, tokenAlways, capacity);
  }

  public HttpConfig name(String more) {
    List<String> all = new ArrayList<>(names);
    all.add(more);
    return new HttpConfig(host, port, all, tokens, tokenAlways, capacity);
  }

  public HttpConfig tokenAlways(boolean always) {
    return new HttpConfig(host, port, names, tokens, always, capacity);
  }

  public HttpConfig capacity(Capacity other) {
    return new HttpConfig(host, port, names, tokens, tokenAlways, other);
  }

  /**
   * The address to listen on.
   *
   * @throws ServerException when there is no such address, or it is not loopback and there is no
   *     token
   */
  InetAddress address() {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new ServerException(
          "there is no address '" + host + "' to listen on: use 127.0.0.1, or one of this machine");
    }
    if (!address.isLoopbackAddress() && tokens.isEmpty()) {
      throw new ServerException(
          "listening on "
              + host
              + " would open Flightlog to others, and there is no token: make one first with"
              + " 'flightlog serve --new-token NAME', or listen on 127.0.0.1");
    }
    return address;
  }

  /**
   * How much the server takes at a time. What is more is refused, never queued without end.
   *
   * @param connections open at a time; more wait in the system's backlog
   * @param threads handlers that run at a time
   * @param queue requests that wait for a thread; more are 503
   * @param bodyBytes bytes of all bodies that are received, and of all large answers that are sent,
   *     in memory at a time; more are 503
   * @param head how long a request's head may take
   * @param body how long its body may take
   * @param idle how long nothing may come or go on a connection
   * @param drain how long a stop waits for requests that run
   */
  public record Capacity(
      int connections,
      int threads,
      int queue,
      long bodyBytes,
      Duration head,
      Duration body,
      Duration idle,
      Duration drain) {
    public static final Capacity DEFAULT =
        new Capacity(
            1024,
            16,
            256,
            64L << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10));

    public Capacity times(Duration headTime, Duration bodyTime, Duration idleTime) {
      return new Capacity(
          connections, threads, queue, bodyBytes, headTime, bodyTime, idleTime, drain);
    }

    public Capacity workers(int most, int waiting) {
      return new Capacity(connections, most, waiting, bodyBytes, head, body, idle, drain);
    }

    public Capacity connections(int most) {
      return new Capacity(most, threads, queue, bodyBytes, head, body, idle, drain);
    }

    public Capacity drain(Duration longest) {
      return new Capacity(connections, threads, queue, bodyBytes, head, body, idle, longest);
    }
  }
}
