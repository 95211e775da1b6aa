package dev.flightlog.event.redaction;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Texts made to cost a redactor time: anchors in masses, near misses, long runs, deep escapes. */
final class HostileTexts {
  /** An ordinary event of about 300 bytes. */
  static final String CLEAN_EVENT =
      "{\"id\":\"01J8ZK3V9Q4W5X6Y7Z8A9B0C1D\",\"timestamp\":\"2026-02-01T09:00:00.123456+00:00\","
          + "\"event_type\":\"tool_call\",\"category\":\"execution\",\"session_id\":\"story_1.2_20260201_090000\","
          + "\"agent_name\":\"planning_agent\",\"duration_ms\":120,\"tokens_used\":120,\"success\":true,"
          + "\"details\":{\"tool\":\"Read\",\"input\":{\"file_path\":\"/src/main/App.java\"}}}";

  private HostileTexts() {}

  static Map<String, byte[]> all(int size, Random random) {
    Map<String, String> units = new LinkedHashMap<>();
    units.put("password=", "password=");
    units.put("password: , ", "password: , ");
    units.put("token=token=", "token=");
    units.put("token:x1y2 near misses", "token:x1y2z3 ");
    units.put("eyJ runs", "eyJaaaaaaaaaaaaaa");
    units.put("eyJ with separators", "=eyJhbGciOiJIUzI1");
    units.put("eyJ dotted", "eyJaaaaaaaaaaaaa.eyJb");
    units.put("ghp_ near misses", "ghp_abcdefghijklmnopqrstuvwxyz01234567-");
    units.put("sk-ant- runs", "sk-ant-");
    units.put("sk-proj- runs", "sk-proj-");
    units.put("glpat- runs", "glpat-");
    units.put("xoxb- runs", "xoxb-1");
    units.put("pem headers", "-----BEGIN RSA PRIVATE KEY-----");
    units.put("pem headers with bodies", "-----BEGIN PRIVATE KEY-----\nAAAAAAAAAAAAAAAAAAAA\n");
    units.put("url colons", "://a:b:c");
    units.put("url ats", "://@:@");
    units.put("backslashes", "\\");
    units.put("backslashes and quotes", "\\\\\\\"password\\\\\\\":");
    units.put("curl users", "curl -u a:b ");
    units.put("users without curl", " -u a:b1c2d3e4");
    units.put("vendors", "cloudflare: datadog: twitter: ");
    units.put("vendor values", "twitter_key=aaaaaaaaaaaaaaaaaaaaaaaa1aaaaaaaaaaaaaaaaaaaaaaaaa-");
    units.put("bearer", "bearer aaaaaaaa1");
    units.put("authress", ".acc_");
    units.put("slack app", "xapp-1-A-1");
    units.put("ops_eyJ runs", "ops_eyJa");
    units.put("sentry", "sntrys_eyJpYXQiO");
    units.put("sig=", "?sig=a");
    units.put("telegram", "123456789:AA");
    units.put("hex", "0123456789abcdef");
    units.put("teams webhooks", "https://webhook.office.com");
    units.put("SG. dots", "SG.aaaaaaaaaaaaaaaaaaaaaa.");
    units.put("api keys", "API_KEY='");
    units.put("cookies", "cookie: a=b");
    units.put("one letter", "a");
    Map<String, byte[]> texts = new LinkedHashMap<>();
    units.forEach((name, unit) ->
        texts.put(name, unit.repeat(size / unit.length()).getBytes(StandardCharsets.UTF_8)));
    StringBuilder mixed = new StringBuilder();
    String[] all = units.values().toArray(new String[0]);
    while (mixed.length() < size) {
      mixed.append(all[random.nextInt(all.length)]);
    }
    texts.put("all mixed", mixed.toString().getBytes(StandardCharsets.UTF_8));
    return texts;
  }
}
