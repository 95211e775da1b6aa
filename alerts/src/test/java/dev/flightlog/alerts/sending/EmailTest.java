package dev.flightlog.alerts.sending;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.alerts.state.Notice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** E-mail over a real connection, to a server that speaks as RFC 5321 says. */
class EmailTest {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private ServerSocket listening;
  private Thread server;
  private String greeting = "220 mail.example.org";
  private String receivers = "250 OK";

  @BeforeEach
  void listen() throws IOException {
    listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    server = Thread.ofPlatform().start(this::serve);
  }

  @AfterEach
  void stop() throws Exception {
    listening.close();
    server.join();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        talk(socket);
      } catch (IOException e) {
        // The test is over, or the client has gone.
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    OutputStream out = socket.getOutputStream();
    say(out, greeting);
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      lines.add(line);
      if (data) {
        data = !line.equals(".");
        if (!data) {
          say(out, "250 kept");
        }
      } else if (line.startsWith("EHLO")) {
        say(out, "250-mail.example.org\r\n250-8BITMIME\r\n250 AUTH PLAIN");
      } else if (line.startsWith("RCPT")) {
        say(out, receivers);
      } else if (line.equals("DATA")) {
        data = true;
        say(out, "354 go on");
      } else {
        say(out, line.startsWith("QUIT") ? "221 bye" : "250 OK");
      }
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(UTF_8));
    out.flush();
  }

  private EmailTarget target(MailServer.Security security, String user) {
    MailServer mail = new MailServer("127.0.0.1", listening.getLocalPort(), security, user, "pass");
    return new EmailTarget(
        mail, "flightlog@example.org", List.of("a@example.org", "b@example.org"));
  }

  @Test
  void aMessageIsOneMailWithASafeSubjectAndAnEncodedText() throws Exception {
    Notice notice = TargetsTest.notice(Notice.Kind.FIRED);

    target(MailServer.Security.NONE, "").send(notice);

    assertThat(lines)
        .contains(
            "MAIL FROM:<flightlog@example.org>",
            "RCPT TO:<a@example.org>",
            "RCPT TO:<b@example.org>")
        .contains(
            "Message-ID: <3f8a01bc-fired-x@example.org>", "To: a@example.org,", " b@example.org")
        .allSatisfy(line -> assertThat(line.length()).isLessThan(200));
    assertThat(decoded(lines)).isEqualTo("Flightlog, warning: an agent repeats itself");
    int empty = lines.indexOf("");
    String text = String.join("", lines.subList(empty + 1, lines.lastIndexOf(".")));
    assertThat(new String(Base64.getMimeDecoder().decode(text), UTF_8))
        .isEqualTo(notice.text() + "\n");
  }

  private static String decoded(List<String> lines) {
    StringBuilder subject = new StringBuilder();
    boolean inside = false;
    for (String line : lines) {
      inside = line.startsWith("Subject:") || inside && line.startsWith(" =?");
      if (inside) {
        String word = line.substring(line.indexOf("=?UTF-8?B?") + 10, line.lastIndexOf("?="));
        subject.append(new String(Base64.getDecoder().decode(word), UTF_8));
      }
    }
    return subject.toString();
  }

  @Test
  void withoutTheEncryptionThatIsWantedNothingIsSent() {
    assertThatThrownBy(() ->
            target(MailServer.Security.STARTTLS, "").send(TargetsTest.notice(Notice.Kind.FIRED)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("offers no STARTTLS");
    assertThatThrownBy(() ->
            target(MailServer.Security.NONE, "me").send(TargetsTest.notice(Notice.Kind.FIRED)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("without encryption");
    assertThat(lines).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
  }

  @Test
  void whatTheServerRefusesIsToldInOneLine() {
    receivers = "550 no such\u001b[31m user";
    assertThatThrownBy(
            () -> target(MailServer.Security.NONE, "").send(TargetsTest.notice(Notice.Kind.FIRED)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused a receiver: 550 no such")
        .hasMessageNotContaining("\u001b");
    greeting = "554 not now";
    assertThatThrownBy(
            () -> target(MailServer.Security.NONE, "").send(TargetsTest.notice(Notice.Kind.FIRED)))
        .hasMessageContaining("554 not now");
  }

  @Test
  void anAddressIsOneAddress() {
    assertThat(EmailTarget.isAddress("a.b+c@example.org")).isTrue();
    for (String odd : List.of("", "a", "a@b>\r\nRCPT TO:<c@d", "a@b,c@d", "a b@c", "<a@b>")) {
      assertThat(EmailTarget.isAddress(odd)).as(odd).isFalse();
    }
  }
}
