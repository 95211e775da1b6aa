package dev.flightlog.learning.hooks;

/**
 * What SHA-256 becomes by the two blocks that an HMAC makes of its key (RFC 2104), so that a script
 * has two blocks less to work out. Whoever has them can draw as the key does: they are as secret.
 * Immutable.
 *
 * @param inner eight words, as decimal numbers with a blank between
 * @param outer eight words
 */
record KeyStates(String inner, String outer) {
  private static final int BLOCK = 64;
  private static final int[] FIRST = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };
  private static final int[] ROUNDS = rounds();

  /**
   * @param key of at most 64 bytes
   */
  static KeyStates of(byte[] key) {
    if (key.length > BLOCK) {
      throw new IllegalArgumentException(
          "a key has at most " + BLOCK + " bytes, but this one " + key.length);
    }
    return new KeyStates(words(key, 0x36), words(key, 0x5c));
  }

  private static String words(byte[] key, int pad) {
    int[] block = new int[BLOCK / Integer.BYTES];
    for (int i = 0; i < BLOCK; i++) {
      int octet = (i < key.length ? key[i] & 0xff : 0) ^ pad;
      block[i / Integer.BYTES] = block[i / Integer.BYTES] << Byte.SIZE | octet;
    }
    StringBuilder words = new StringBuilder();
    for (int word : compressed(block)) {
      words.append(words.isEmpty() ? "" : " ").append(Integer.toUnsignedString(word));
    }
    return words.toString();
  }

  /** FIPS 180-4, 6.2.2, from the first state. */
  private static int[] compressed(int[] block) {
    int[] w = new int[64];
    System.arraycopy(block, 0, w, 0, block.length);
    for (int i = 16; i < w.length; i++) {
      int early = w[i - 15];
      int late = w[i - 2];
      w[i] =
          w[i - 16]
              + w[i - 7]
              + (Integer.rotateRight(early, 7) ^ Integer.rotateRight(early, 18) ^ early >>> 3)
              + (Integer.rotateRight(late, 17) ^ Integer.rotateRight(late, 19) ^ late >>> 10);
    }
    int[] s = FIRST.clone();
    for (int i = 0; i < w.length; i++) {
      int e = s[4];
      int a = s[0];
      int first =
          s[7]
              + (Integer.rotateRight(e, 6)
                  ^ Integer.rotateRight(e, 11)
                  ^ Integer.rotateRight(e, 25))
              + (e & s[5] ^ ~e & s[6])
              + ROUNDS[i]
              + w[i];
      int second =
          (Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22))
              + (a & s[1] ^ a & s[2] ^ s[1] & s[2]);
      System.arraycopy(s, 0, s, 1, 7);
      s[4] += first;
      s[0] = first + second;
    }
    for (int i = 0; i < s.length; i++) {
      s[i] += FIRST[i];
    }
    return s;
  }

  /** The first 32 bits behind the point of the cube roots of the first 64 primes. */
  private static int[] rounds() {
    int[] rounds = new int[64];
    int found = 0;
    for (int n = 2; found < rounds.length; n++) {
      boolean prime = true;
      for (int i = 2; i * i <= n; i++) {
        prime &= n % i != 0;
      }
      if (prime) {
        rounds[found++] = cubeRootFraction(n);
      }
    }
    return rounds;
  }

  private static int cubeRootFraction(int n) {
    java.math.BigInteger scaled = java.math.BigInteger.valueOf(n).shiftLeft(3 * 32);
    long low = 0;
    long high = 8L << 32;
    while (high - low > 1) {
      long middle = low + high >>> 1;
      if (java.math.BigInteger.valueOf(middle).pow(3).compareTo(scaled) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (int) low;
  }
}
