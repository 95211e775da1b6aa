package dev.flightlog.patterns.templates;

import java.nio.charset.StandardCharsets;

/**
 * What stays of one message when everything that varies by its form (numbers, times, paths,
 * addresses, ids, colours) is a slot, written {@code <*>}. The same message has the same signature
 * in every process; {@link Templates} finds which signatures belong together.
 *
 * @param text one line
 * @param id 16 hexadecimal digits that stand for the text
 */
public record MessageSignature(String text, String id) {
  /** The signature of a message; takes time in proportion to at most a few thousand characters. */
  public static MessageSignature of(String message) {
    Masker masker = new Masker();
    byte[] utf8 =
        (message.length() > Masker.LONGEST ? message.substring(0, Masker.LONGEST) : message)
            .getBytes(StandardCharsets.UTF_8);
    masker.mask(utf8, 0, utf8.length);
    return ofText(masker.text());
  }

  /** A signature that was made before. */
  public static MessageSignature ofText(String text) {
    return new MessageSignature(text, id(text));
  }

  /** 64 bits of the text, well mixed: FNV-1a with the finish of MurmurHash3. */
  public static String id(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    String hex = Long.toHexString(hash);
    return "0".repeat(16 - hex.length()) + hex;
  }
}
