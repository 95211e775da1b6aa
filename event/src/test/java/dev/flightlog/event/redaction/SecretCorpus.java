package dev.flightlog.event.redaction;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Labelled lines as agents log them. The shapes stand in three resource files written by hand, with
 * {@code {}} where a secret goes and {@code <x12>} where filling of a class goes (see {@link
 * SecretForms}); the secrets and the filling come from the seed.
 */
final class SecretCorpus {
  /** The seed of the corpus that the floor and the published figures are about. */
  static final long SEED = 20260201L;

  private static final String[] PASSWORDS = {
    "<A12>",
    "<A16>",
    "<A20>7",
    "<A32>",
    "<h32>",
    "<h40>",
    "Summer<d4>!",
    "<l6><d3>#<A3>",
    "<A8>-<A8>9",
    "P@ss<d3>w0rd!",
    "<B40>=",
    "<l5>.<A6>!<d2>",
    "<A10>$<A5>",
    "Tr0ub<l3><d2>&<d1>",
    "<W24>4x"
  };
  private static final String[] GENERATED = {
    "<A9>4<A8>",
    "<A31>7",
    "<h32>",
    "<h40>",
    "<A40>1",
    "<B43>=",
    "<W30>4x",
    "<h8>-<h4>-4<h3>-a<h3>-<h11>1"
  };

  /**
   * @param text the line
   * @param kind what the secret is; null when there is none
   * @param secret what must not be left; null when there is none
   * @param known whether the secret has a known format; otherwise it is known by its name only
   */
  record Line(String text, @Nullable String kind, @Nullable String secret, boolean known) {}

  private SecretCorpus() {}

  static List<Line> lines(long seed) {
    Random random = new Random(seed);
    List<Line> lines = new ArrayList<>();
    List<String> places = shapes("places-of-tokens.txt");
    for (Map.Entry<String, String> form : SecretForms.KNOWN.entrySet()) {
      for (int i = 0; i < 16; i++) {
        String secret = SecretForms.make(form.getValue(), random);
        String place = places.get(random.nextInt(places.size()));
        lines.add(new Line(fill(place, secret, random), form.getKey(), secret, true));
      }
    }
    String[] vendorPlaces = {
      "{n}={}", "export {n}='{}'", "\"{n}\": \"{}\"", "{n}: {}", "  {n} = \"{}\","
    };
    for (Map.Entry<String, String[]> vendor : SecretForms.VENDORS.entrySet()) {
      for (int i = 0; i < 10; i++) {
        String secret = SecretForms.make(vendor.getValue()[1], random);
        String place = vendorPlaces[i % vendorPlaces.length].replace("{n}", vendor.getValue()[0]);
        lines.add(new Line(place.replace("{}", secret), vendor.getKey(), secret, true));
      }
    }
    for (String shape : shapes("places-of-passwords.txt")) {
      int tab = shape.indexOf('\t');
      String kind = shape.substring(0, tab);
      String[] forms = kind.equals("token") || kind.equals("header") ? GENERATED : PASSWORDS;
      for (int i = 0; i < 12; i++) {
        String secret = SecretForms.make(forms[random.nextInt(forms.length)], random);
        lines.add(new Line(fill(shape.substring(tab + 1), secret, random), kind, secret, false));
      }
    }
    for (String shape : shapes("harmless.txt")) {
      for (int i = 0; i < 8; i++) {
        lines.add(new Line(SecretForms.make(shape, random), null, null, false));
      }
    }
    return lines;
  }

  private static String fill(String place, String secret, Random random) {
    return SecretForms.make(place, random).replace("{}", secret);
  }

  private static List<String> shapes(String resource) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(SecretCorpus.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#!")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
