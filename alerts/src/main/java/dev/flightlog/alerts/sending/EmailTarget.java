package dev.flightlog.alerts.sending;

import dev.flightlog.alerts.state.Notice;
import dev.flightlog.event.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;

/** E-mail to some addresses, as plain text in UTF-8 (RFC 5322, 2045, 2047). */
public final class EmailTarget implements Target {
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}");
  private static final int WORD = 45;
  private static final int MOST_WORDS = 6;

  private final MailServer server;
  private final String from;
  private final List<String> to;
  private final SSLSocketFactory sockets;

  public EmailTarget(MailServer server, String from, List<String> to) {
    this(server, from, to, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * @param sockets decide whose certificate is trusted
   */
  EmailTarget(MailServer server, String from, List<String> to, SSLSocketFactory sockets) {
    this.server = server;
    this.from = from;
    this.to = List.copyOf(to);
    this.sockets = sockets;
  }

  /** True when this is the address of one person, and nothing that could be more. */
  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public void send(Notice notice) throws IOException {
    try (SmtpConnection connection = new SmtpConnection(server, sockets)) {
      connection.send(from, to, message(notice));
    }
  }

  private String message(Notice notice) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Timestamps.instant(notice.at()).atOffset(ZoneOffset.UTC));
    String domain = from.substring(from.indexOf('@') + 1);
    return "From: Flightlog <"
        + from
        + ">\r\nTo: "
        + String.join(",\r\n ", to)
        + "\r\nSubject:"
        + words("Flightlog, " + notice.title())
        + "\r\nDate: "
        + date
        + "\r\nMessage-ID: <"
        + notice.id()
        + "@"
        + domain
        + ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder(76, new byte[] {'\r', '\n'})
            .encodeToString((notice.text() + "\n").getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }

  /** A header's text in encoded words: nothing in it can end the header. */
  private static String words(String text) {
    StringBuilder words = new StringBuilder();
    int from = 0;
    for (int word = 0; from < text.length() && word < MOST_WORDS; word++) {
      int to = from;
      int bytes = 0;
      while (to < text.length()) {
        int point = text.codePointAt(to);
        int more = Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
        if (bytes + more > WORD) {
          break;
        }
        bytes += more;
        to += Character.charCount(point);
      }
      byte[] part = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
      words.append(word == 0 ? " =?UTF-8?B?" : "\r\n =?UTF-8?B?");
      words.append(Base64.getEncoder().encodeToString(part)).append("?=");
      from = to;
    }
    return words.toString();
  }
}
