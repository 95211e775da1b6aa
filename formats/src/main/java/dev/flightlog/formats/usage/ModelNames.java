package dev.flightlog.formats.usage;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Folds the names that gateways and clouds give a model into the one of its maker: {@code
 * anthropic/claude-sonnet-4.5:beta}, {@code us.anthropic.claude-sonnet-4-5-20250929-v1:0}, {@code
 * claude-sonnet-4-5@20250929} and {@code claude-sonnet-4-5[1m]} are {@code claude-sonnet-4-5}.
 * Stateless.
 */
public final class ModelNames {
  private static final Pattern REGION = Pattern.compile("^(us|eu|jp|au|apac|us-gov|global)\\.");
  private static final Pattern VENDOR =
      Pattern.compile("^(anthropic|openai|google|amazon|meta|mistral|deepseek|moonshot|qwen)\\.");
  private static final Pattern VERSION = Pattern.compile("-v\\d+(:\\d+)?(:\\d+k)?$");
  private static final Pattern BRACKET = Pattern.compile("\\s*(\\[[^]]*]|\\([^)]*\\))$");
  private static final Pattern VARIANT = Pattern.compile(":(?!free$)[a-z0-9_-]+$");
  private static final Pattern DATE = Pattern.compile("[-@](\\d{8}|\\d{4}-\\d{2}-\\d{2})$");
  private static final Pattern AT = Pattern.compile("@[a-z0-9-]*$");
  private static final Pattern EFFORT =
      Pattern.compile("-(latest|thinking|minimal|low|medium|high|xhigh)$");
  private static final Pattern PREVIEW =
      Pattern.compile("-(preview|exp)(-\\d{2}-\\d{2,4})?$|-\\d{3}$");
  private static final Pattern OLD_ORDER =
      Pattern.compile("^claude-(\\d+(?:-\\d+)?)-(opus|sonnet|haiku|fable)\\b");
  private static final Pattern DASHED = Pattern.compile("^(gpt|gemini)-(\\d)-(\\d)(?=-|$)");

  /**
   * @param name the folded name
   * @param bound true when the name binds the place of computing, as Bedrock's regional ones do
   * @param fast true when the name asks for the fast tier
   */
  record Folded(String name, boolean bound, boolean fast) {}

  private ModelNames() {}

  /** The maker's name. */
  public static String of(String model) {
    return fold(model).name;
  }

  static Folded fold(String model) {
    String name = model.strip().toLowerCase(Locale.ROOT);
    name = name.substring(name.lastIndexOf('/') + 1);
    Matcher region = REGION.matcher(name);
    boolean bound = false;
    if (region.find()) {
      bound = !region.group(1).equals("global");
      name = name.substring(region.end());
    }
    name = VENDOR.matcher(name).replaceFirst("");
    String before;
    do {
      before = name;
      name = BRACKET.matcher(name).replaceFirst("");
      name = VERSION.matcher(name).replaceFirst("");
      name = VARIANT.matcher(name).replaceFirst("");
      name = DATE.matcher(name).replaceFirst("");
      name = AT.matcher(name).replaceFirst("");
      name = EFFORT.matcher(name).replaceFirst("");
    } while (!name.equals(before));
    boolean fast = false;
    if (name.startsWith("claude")) {
      name = name.replace('.', '-');
      name = OLD_ORDER.matcher(name).replaceFirst("claude-$2-$1");
      fast = name.endsWith("-fast");
      name = fast ? name.substring(0, name.length() - "-fast".length()) : name;
      name = DATE.matcher(name).replaceFirst("");
    }
    return new Folded(name, bound, fast);
  }

  /** Another spelling to look for when the folded name is not listed, or null. */
  static @Nullable String other(String name) {
    Matcher dashed = DASHED.matcher(name);
    if (dashed.find()) {
      return dashed.replaceFirst("$1-$2.$3");
    }
    Matcher preview = PREVIEW.matcher(name);
    return preview.find() ? preview.replaceFirst("") : null;
  }
}
