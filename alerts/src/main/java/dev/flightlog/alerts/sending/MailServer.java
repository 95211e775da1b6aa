package dev.flightlog.alerts.sending;

/**
 * How e-mail is sent.
 *
 * @param host of the SMTP server
 * @param security whether the connection is encrypted
 * @param user empty when the server wants no login
 * @param password a secret
 */
public record MailServer(String host, int port, Security security, String user, String password) {
  /** How the connection is encrypted. */
  public enum Security {
    /** After the greeting; a server that cannot is not used. */
    STARTTLS,
    /** From the first byte. */
    TLS,
    /** Not at all. */
    NONE
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
