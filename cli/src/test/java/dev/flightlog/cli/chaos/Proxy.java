package dev.flightlog.cli.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between Flightlog and another server on this machine, which can be cut or hang. */
final class Proxy implements AutoCloseable {
  private enum State {
    OPEN,
    CUT,
    HANGS
  }

  private final ServerSocket listening;
  private final int to;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile State state = State.OPEN;

  Proxy(int to) throws IOException {
    this.to = to;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().name("chaos-proxy").daemon().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  void cut() {
    state = State.CUT;
    sockets.forEach(Proxy::closed);
  }

  void hang() {
    state = State.HANGS;
  }

  /** As it was; connections that hung are lost, as with a router that has forgotten them. */
  void heal() {
    sockets.forEach(Proxy::closed);
    state = State.OPEN;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (state == State.CUT) {
          closed(client);
          continue;
        }
        sockets.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException ended) {
        continue;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), to)) {
      sockets.add(server);
      Thread back = Thread.ofVirtual().start(() -> copy(server, client));
      copy(client, server);
      back.join();
      sockets.remove(server);
    } catch (IOException e) {
      closed(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(client);
    }
  }

  private void copy(Socket from, Socket into) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        while (state == State.HANGS) {
          Pause.millis(20);
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException e) {
      // Cut; the other way ends, too.
    } finally {
      closed(from);
      closed(into);
    }
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    sockets.forEach(Proxy::closed);
  }
}
