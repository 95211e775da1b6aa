package dev.flightlog.shipping;

import dev.flightlog.store.Mark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Marks as a machine keeps them in a store that others read: names of files and what a reader
 * remembers of a conversation are encrypted under a key that does not leave the machine. Of a key
 * the part up to its first colon can be read, the rest is a code of it. Immutable; safe for many
 * threads.
 */
final class SealedMarks {
  static final int KEY_BYTES = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec encryption;
  private final SecretKeySpec naming;

  SealedMarks(byte[] key) {
    encryption = new SecretKeySpec(code(new SecretKeySpec(key, "HmacSHA256"), "marks"), "AES");
    naming = new SecretKeySpec(code(new SecretKeySpec(key, "HmacSHA256"), "names"), "HmacSHA256");
  }

  private static byte[] code(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform must provide HmacSHA256", e);
    }
  }

  /** The part of a key that can be read. */
  static String kind(String key) {
    int colon = key.indexOf(':');
    return colon < 0 ? "" : key.substring(0, colon + 1);
  }

  /** A mark as it is kept. */
  Mark seal(Mark mark) {
    String name =
        kind(mark.key()) + HexFormat.of().formatHex(Arrays.copyOf(code(naming, mark.key()), 16));
    String value = mark.value();
    return new Mark(name, value == null ? null : encrypted(mark.key(), value));
  }

  /**
   * Marks as they were before they were sealed. What was sealed under another key is left out, so
   * that its file is read again.
   *
   * @param prefix how their keys began
   */
  Map<String, String> open(Map<String, String> kept, String prefix) {
    Map<String, String> opened = new TreeMap<>();
    for (String value : kept.values()) {
      String[] mark = decrypted(value);
      if (mark != null && mark[0].startsWith(prefix)) {
        opened.put(mark[0], mark[1]);
      }
    }
    return opened;
  }

  private String encrypted(String key, String value) {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    ByteBuffer plain = ByteBuffer.allocate(Integer.BYTES + name.length + text.length);
    plain.putInt(name.length).put(name).put(text);
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, encryption, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = cipher.doFinal(plain.array());
      byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE, sealed.length);
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform must provide AES/GCM", e);
    }
  }

  private String @Nullable [] decrypted(String value) {
    try {
      byte[] all = Base64.getDecoder().decode(value);
      if (all.length < NONCE) {
        return null;
      }
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, encryption, new GCMParameterSpec(TAG_BITS, all, 0, NONCE));
      ByteBuffer plain = ByteBuffer.wrap(cipher.doFinal(all, NONCE, all.length - NONCE));
      byte[] name = new byte[plain.getInt()];
      plain.get(name);
      byte[] text = new byte[plain.remaining()];
      plain.get(text);
      return new String[] {
        new String(name, StandardCharsets.UTF_8), new String(text, StandardCharsets.UTF_8)
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }
}
