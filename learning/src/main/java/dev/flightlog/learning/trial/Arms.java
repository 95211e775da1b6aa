package dev.flightlog.learning.trial;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives every session its arm: by an HMAC of its id under the key of the trial, so that resume,
 * fork, compaction and subagents of a session keep it, nobody can choose it, and nothing has to be
 * remembered. Immutable.
 */
public final class Arms {
  private static final String ALGORITHM = "HmacSHA256";

  /** As many steps as a double can tell apart. */
  private static final int BITS = 53;

  private final SecretKeySpec key;
  private final double share;

  /**
   * @param key secret of the trial, at least 16 bytes
   * @param share of the sessions that are exposed, between 0 and 1
   */
  public Arms(byte[] key, double share) {
    if (key.length < 16) {
      throw new IllegalArgumentException(
          "the key of a trial must have at least 16 bytes, but has " + key.length);
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share must lie between 0 and 1, but is " + share);
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.share = share;
  }

  /** Whether a session is shown the rule; the same answer for the same id, for ever. */
  public boolean exposed(String sessionId) {
    byte[] digest = digest(sessionId);
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << Byte.SIZE | digest[i] & 0xff;
    }
    return (bits >>> Long.SIZE - BITS) * 0x1p-53 < share;
  }

  private byte[] digest(String sessionId) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(sessionId.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
