package dev.flightlog.formats.occurrence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names the errors of calls of models, in the words of Claude Code's own hooks. Stateless. */
public final class ApiErrors {
  private static final Pattern STATUS = Pattern.compile("API Error: (\\d{3})\\b");
  private static final Pattern CLASS = Pattern.compile("[a-z][a-z_]{2,40}");
  private static final int MESSAGE_LENGTH = 300;

  private ApiErrors() {}

  /** The HTTP status in a text such as {@code API Error: 529 …}, or 0. */
  public static long status(@Nullable String text) {
    Matcher status = STATUS.matcher(text == null ? "" : text);
    return status.find() ? Long.parseLong(status.group(1)) : 0;
  }

  /** A message, bounded; empty for none. */
  public static String message(@Nullable String text) {
    return text == null
        ? ""
        : text.length() <= MESSAGE_LENGTH ? text : text.substring(0, MESSAGE_LENGTH) + "\u2026";
  }

  /**
   * The class of an API error.
   *
   * @param told how the source names it
   * @param status the HTTP status, or 0
   */
  public static String type(@Nullable String told, long status) {
    String name = told == null || !CLASS.matcher(told).matches() ? "" : told;
    return switch (name) {
      case "" ->
          switch ((int) status) {
            case 400, 413, 422 -> "invalid_request";
            case 401 -> "authentication_failed";
            case 402 -> "billing_error";
            case 403 -> "permission_denied";
            case 404 -> "model_not_found";
            case 408, 504 -> "timeout";
            case 429 -> "rate_limit";
            case 529 -> "overloaded";
            default -> status >= 500 ? "server_error" : status == 0 ? "unknown" : "api_error";
          };
      case "overloaded_error" -> "overloaded";
      case "rate_limit_error" -> "rate_limit";
      case "api_error" -> "server_error";
      case "authentication_error" -> "authentication_failed";
      case "invalid_request_error" -> "invalid_request";
      case "not_found_error" -> "model_not_found";
      case "permission_error" -> "permission_denied";
      case "timeout_error" -> "timeout";
      default -> name;
    };
  }
}
