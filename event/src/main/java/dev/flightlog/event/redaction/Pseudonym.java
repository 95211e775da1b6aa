package dev.flightlog.event.redaction;

import dev.flightlog.event.files.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104) cut to 32 bits. Written over {@link MessageDigest} because the first use
 * of {@code javax.crypto} costs a short command tens of milliseconds.
 */
final class Pseudonym {
  private static final int BLOCK = 64;
  private static final byte[] HEX =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final byte[] inner = new byte[BLOCK];
  private final byte[] outer = new byte[BLOCK];

  Pseudonym(RedactionKey key) {
    byte[] k = key.bytes();
    byte[] block = Arrays.copyOf(k.length > BLOCK ? Sha256.digest().digest(k) : k, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      inner[i] = (byte) (block[i] ^ 0x36);
      outer[i] = (byte) (block[i] ^ 0x5c);
    }
  }

  /** Eight lower-case hexadecimal digits that stand for the secret. */
  byte[] of(byte[] secret, int from, int to) {
    MessageDigest sha = Sha256.digest();
    sha.update(inner);
    sha.update(secret, from, to - from);
    byte[] first = sha.digest();
    sha.update(outer);
    byte[] mac = sha.digest(first);
    byte[] hex = new byte[8];
    for (int i = 0; i < 4; i++) {
      hex[2 * i] = HEX[(mac[i] >> 4) & 15];
      hex[2 * i + 1] = HEX[mac[i] & 15];
    }
    return hex;
  }
}
