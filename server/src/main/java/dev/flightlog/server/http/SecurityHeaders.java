package dev.flightlog.server.http;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;

/** What every answer carries, so that a browser makes nothing of it but what it is. */
final class SecurityHeaders {
  private static final Map<String, String> ALL =
      new TreeMap<>(
          Map.of(
              "X-Content-Type-Options", "nosniff",
              "Content-Security-Policy",
                  "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
              "Cross-Origin-Resource-Policy", "same-origin",
              "Cross-Origin-Opener-Policy", "same-origin",
              "Referrer-Policy", "no-referrer",
              "X-Frame-Options", "DENY",
              "Cache-Control", "no-store"));

  private SecurityHeaders() {}

  /** Sets those that are not set. */
  static void put(HttpFields.Mutable headers) {
    ALL.forEach((name, value) -> {
      if (!headers.contains(name)) {
        headers.put(name, value);
      }
    });
  }
}
