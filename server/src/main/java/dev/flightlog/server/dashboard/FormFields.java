package dev.flightlog.server.dashboard;

import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Schema;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a form that a browser sent. Stateless. */
final class FormFields {
  static final Payload PAYLOAD = Payload.of(Schema.text(), "application/x-www-form-urlencoded");

  private FormFields() {}

  /**
   * The fields by their names; of one that was sent twice the first.
   *
   * @throws dev.flightlog.server.web.ProblemException 400 when it is no form
   */
  static Map<String, String> of(Request request) {
    Map<String, String> fields = new LinkedHashMap<>();
    String body = new String(request.body(), StandardCharsets.UTF_8);
    for (String pair : body.split("&", -1)) {
      int at = pair.indexOf('=');
      if (at > 0) {
        try {
          fields.putIfAbsent(
              URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
              URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          throw Problem.badRequest("the body is no form: " + e.getMessage()).exception();
        }
      }
    }
    return fields;
  }

  static String needed(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null || value.isEmpty()) {
      throw Problem.badRequest("the field '" + name + "' is needed").exception();
    }
    return value;
  }
}
