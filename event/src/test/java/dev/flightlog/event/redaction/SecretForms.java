package dev.flightlog.event.redaction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Forms of secrets, from which values are made by seed, so that no file of this project holds a
 * string that a secret scanner would report. In a form {@code <x12>} stands for twelve characters
 * of the class x: A letters and digits, a lower-case letters and digits, h hexadecimal, W letters,
 * digits, _ and -, U upper-case letters and digits, d digits, 2 base 32, B base64, l lower-case
 * letters.
 */
final class SecretForms {
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final Map<Character, String> CLASSES =
      Map.of(
          'A', UPPER + LOWER + DIGITS,
          'a', LOWER + DIGITS,
          'h', DIGITS + "abcdef",
          'W', UPPER + LOWER + DIGITS + "_-",
          'U', UPPER + DIGITS,
          'd', DIGITS,
          '2', UPPER + "234567",
          'B', UPPER + LOWER + DIGITS + "+/",
          'l', LOWER);

  /** Tokens that are known by their own form. */
  static final Map<String, String> KNOWN = new LinkedHashMap<>();

  /** Values that are known by the vendor's name beside them; the form of the name comes first. */
  static final Map<String, String[]> VENDORS = new LinkedHashMap<>();

  static {
    KNOWN.put("github-pat", "ghp_<A36>");
    KNOWN.put("github-oauth", "gho_<A36>");
    KNOWN.put("github-app-token", "ghs_<A36>");
    KNOWN.put("github-refresh-token", "ghr_<A36>");
    KNOWN.put("github-fine-grained-pat", "github_pat_<A22>_<A59>");
    KNOWN.put("gitlab-pat", "glpat-<A20>");
    KNOWN.put("gitlab-runner-token", "glrt-<A20>");
    KNOWN.put("gitlab-deploy-token", "gldt-<A20>");
    KNOWN.put("anthropic-api-key", "sk-ant-api03-<W92>AAA");
    KNOWN.put("anthropic-oauth", "sk-ant-oat01-<W92>AA");
    KNOWN.put("openai-project-key", "sk-proj-<W73>aT3Blbk" + "FJ<W73>a");
    KNOWN.put("openai-legacy-key", "sk-<A20>1aT3Blbk" + "FJ<A18>");
    KNOWN.put("openrouter-key", "sk-or-v1-<h64>");
    KNOWN.put("aws-access-key", "AKIA<216>");
    KNOWN.put("aws-session-key", "ASIA<216>");
    KNOWN.put("google-api-key", "AIza<A34>Q");
    KNOWN.put("google-oauth-token", "ya29.<W60>a");
    KNOWN.put("google-client-secret", "GOCSPX-<W27>a");
    KNOWN.put("huggingface-token", "hf_<A34>");
    KNOWN.put("npm-token", "npm_<A36>");
    KNOWN.put("pypi-token", "pypi-AgEIcHlwaS5vcmc<W80>a");
    KNOWN.put("docker-pat", "dckr_pat_<A27>");
    KNOWN.put("slack-bot-token", "xoxb-<d12>-<d12>-<A24>");
    KNOWN.put("slack-user-token", "xoxp-<d12>-<d12>-<d12>-<h32>");
    KNOWN.put("slack-app-token", "xapp-1-<U11>-<d13>-<h64>");
    KNOWN.put("slack-webhook", "https://hooks.slack.com/services/T<U9>B/B<U9>A/<A24>");
    KNOWN.put("stripe-live-key", "sk_live_<A24>");
    KNOWN.put("stripe-restricted-key", "rk_live_<A24>");
    KNOWN.put("stripe-webhook-secret", "whsec_<A32>");
    KNOWN.put("sendgrid-api-key", "SG.<A22>.<A43>");
    KNOWN.put("twilio-api-key", "SK<h32>");
    KNOWN.put("jwt", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx<A40>.<A43>");
    KNOWN.put("databricks-token", "dapi<h32>");
    KNOWN.put("digitalocean-pat", "dop_v1_<h64>");
    KNOWN.put("doppler-token", "dp.pt.<a43>");
    KNOWN.put("grafana-token", "glsa_<A32>_<h8>");
    KNOWN.put("hashicorp-vault-token", "hvs.<A95>");
    KNOWN.put("linear-api-key", "lin_api_<A40>");
    KNOWN.put("notion-token", "ntn_<d11><A35>");
    KNOWN.put("planetscale-password", "pscale_pw_<A43>");
    KNOWN.put("postman-key", "PMAK-<h24>-<h34>");
    KNOWN.put("pulumi-token", "pul-<h40>");
    KNOWN.put("shopify-token", "shpat_<h32>");
    KNOWN.put("sentry-user-token", "sntryu_<h64>");
    KNOWN.put("rubygems-key", "rubygems_<h48>");
    KNOWN.put("telegram-bot-token", "<d9>1:AA<W32>a");
    KNOWN.put(
        "age-secret-key",
        "AGE-SECRET-" + "KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE");
    KNOWN.put("1password-key", "A3-<U6>-<U6>-<U5>-<U5>-<U5>-<U5>");
    KNOWN.put("atlassian-token", "ATATT3<A186>");
    KNOWN.put("alibaba-key", "LTAI<A20>");
    KNOWN.put("azure-client-secret", "<A3>8Q~<A34>");
    KNOWN.put("perplexity-key", "pplx-<A48>");
    KNOWN.put("groq-key", "gsk_<A52>");
    KNOWN.put("replicate-token", "r8_<A37>");
    KNOWN.put("langsmith-key", "lsv2_pt_<h32>_<h10>");
    KNOWN.put("tailscale-key", "tskey-auth-<A12>-<A32>");
    KNOWN.put("figma-token", "figd_<W40>");
    KNOWN.put("supabase-token", "sbp_<h40>");
    KNOWN.put("easypost-key", "EZAK<A54>");
    KNOWN.put("square-token", "sq0atp-<A22>");
    KNOWN.put("brevo-key", "xkeysib-<h64>-<a16>");
    KNOWN.put("discord-webhook", "https://discord.com/api/webhooks/<d18>/<A68>");

    VENDORS.put("cloudflare", new String[] {"CLOUDFLARE_API_KEY", "<a20>7<a19>"});
    VENDORS.put("datadog", new String[] {"DATADOG_API_KEY", "<a20>7<a19>"});
    VENDORS.put("heroku", new String[] {"HEROKU_API_KEY", "<h8>-<h4>-4<h3>-a<h3>-<h11>1"});
    VENDORS.put("twitter", new String[] {"TWITTER_API_SECRET", "<A24>7<A25>"});
    VENDORS.put("mailchimp", new String[] {"MAILCHIMP_API_KEY", "<h31>1-us12"});
    VENDORS.put("snyk", new String[] {"SNYK_TOKEN", "<h8>-<h4>-4<h3>-a<h3>-<h11>1"});
    VENDORS.put("algolia", new String[] {"algolia_api_key", "<a16>7<a15>"});
    VENDORS.put("netlify", new String[] {"netlifyAuthToken", "<A20>7<A22>"});
    VENDORS.put("fastly", new String[] {"FASTLY_API_TOKEN", "<A16>7<A15>"});
    VENDORS.put("zendesk", new String[] {"zendesk_secret_key", "<A20>7<A19>"});
  }

  private SecretForms() {}

  /** A value of the form. */
  static String make(String form, Random random) {
    StringBuilder value = new StringBuilder();
    int i = 0;
    while (i < form.length()) {
      int close = form.charAt(i) == '<' ? form.indexOf('>', i) : -1;
      if (close < i + 3 || !form.substring(i + 2, close).chars().allMatch(Character::isDigit)) {
        value.append(form.charAt(i++));
        continue;
      }
      String alphabet = CLASSES.getOrDefault(form.charAt(i + 1), LOWER);
      int count = Integer.parseInt(form.substring(i + 2, close));
      for (int n = 0; n < count; n++) {
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      i = close + 1;
    }
    return value.toString();
  }
}
