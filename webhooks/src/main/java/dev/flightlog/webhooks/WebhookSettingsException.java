package dev.flightlog.webhooks;

/** The settings of webhooks are wrong. The message tells which, why, and how to mend it. */
public final class WebhookSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WebhookSettingsException(String message) {
    super(message, null, false, false);
  }
}
