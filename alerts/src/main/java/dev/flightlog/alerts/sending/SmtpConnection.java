package dev.flightlog.alerts.sending;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One conversation with an SMTP server (RFC 5321), with STARTTLS (RFC 3207) or TLS from the start,
 * and AUTH PLAIN (RFC 4954), which is only used on an encrypted connection. For one thread.
 */
final class SmtpConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int LONGEST_LINE = 4096;
  private static final int MOST_LINES = 100;

  private final MailServer server;
  private final SSLSocketFactory sockets;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  /** Connects, greets, encrypts and logs in as the server is to be used. */
  SmtpConnection(MailServer server, SSLSocketFactory sockets) throws IOException {
    this.server = server;
    this.sockets = sockets;
    socket = new Socket();
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(server.host(), server.port()), PATIENCE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
      begin();
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    if (server.security() == MailServer.Security.TLS) {
      encrypt();
    }
    answer(220, "its greeting");
    String offers = command("EHLO [127.0.0.1]", 250, "EHLO");
    if (server.security() == MailServer.Security.STARTTLS) {
      if (!offers.toUpperCase(Locale.ROOT).contains("STARTTLS")) {
        throw new IOException(
            server + " offers no STARTTLS: set alerts.email.security to tls, or to none");
      }
      command("STARTTLS", 220, "STARTTLS");
      encrypt();
      command("EHLO [127.0.0.1]", 250, "EHLO");
    }
    if (!server.user().isEmpty()) {
      if (server.security() == MailServer.Security.NONE) {
        throw new IOException("a password is not sent over a connection without encryption");
      }
      String login = "\0" + server.user() + "\0" + server.password();
      String encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
      command("AUTH PLAIN " + encoded, 235, "the login");
    }
  }

  private void encrypt() throws IOException {
    SSLSocket encrypted =
        (SSLSocket) sockets.createSocket(socket, server.host(), server.port(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    socket = encrypted;
    // What was sent before the encryption, by whoever, is not read as if it had been in it.
    in = new BufferedInputStream(encrypted.getInputStream());
    out = encrypted.getOutputStream();
  }

  /** Sends a message, whose lines end in CR LF, to all of them. */
  void send(String from, List<String> to, String message) throws IOException {
    command("MAIL FROM:<" + from + ">", 250, "the sender");
    for (String each : to) {
      command("RCPT TO:<" + each + ">", 250, "a receiver");
    }
    command("DATA", 354, "DATA");
    String stuffed = message.startsWith(".") ? "." + message : message;
    write(stuffed.replace("\r\n.", "\r\n..") + "\r\n.\r\n");
    answer(250, "the message");
  }

  private String command(String line, int expected, String what) throws IOException {
    write(line + "\r\n");
    return answer(expected, what);
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String answer(int expected, String what) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < MOST_LINES; i++) {
      String line = line();
      all.append(line).append('\n');
      boolean last = line.length() < 4 || line.charAt(3) != '-';
      if (last && line.startsWith(String.valueOf(expected))) {
        return all.toString();
      } else if (last) {
        throw new IOException(
            server
                + " refused "
                + what
                + ": "
                + dev.flightlog.wording.SafeText.shortened(line, 100));
      }
    }
    throw new IOException(server + " answers without end");
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException(server + " closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
      if (line.length() > LONGEST_LINE) {
        throw new IOException(server + " answers with a line that is too long");
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    try {
      write("QUIT\r\n");
    } catch (IOException e) {
      // The message was taken; the server closes as it likes.
    }
    socket.close();
  }
}
