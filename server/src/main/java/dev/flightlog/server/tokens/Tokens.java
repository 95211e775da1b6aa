package dev.flightlog.server.tokens;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.server.web.ServerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The tokens of a home: {@code tokens.json}, for its owner only. A token has 256 random bits, is
 * shown once when it is made, and kept as its SHA-256 alone; so many bits need no slow hash. The
 * file is read again when it changes, so that a token removed elsewhere is no longer known. Safe
 * for many threads.
 */
public final class Tokens {
  /** Name of the file in a home. */
  public static final String FILE_NAME = "tokens.json";

  /** The page on which a browser gives a token. */
  public static final String SIGN_IN = "/sign-in";

  /** The cookie in which it sends that token from then on. */
  public static final String COOKIE = "flightlog_token";

  private static final String PREFIX = "flt_";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final Path file;
  private List<Token> known = List.of();
  private FileTime read = FileTime.fromMillis(Long.MIN_VALUE);

  private Tokens(Path file) {
    this.file = file;
  }

  /**
   * One of them, without its secret.
   *
   * @param sha256 of the whole token, hexadecimal
   */
  public record Token(String name, String sha256, String createdAt) {}

  /**
   * Those of this home.
   *
   * @throws ServerException when there is a file that cannot be read
   */
  public static Tokens inHome(Path home) {
    Tokens tokens = new Tokens(home.resolve(FILE_NAME));
    tokens.all();
    return tokens;
  }

  /** In the order in which they were made. */
  public synchronized List<Token> all() {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (!changed.equals(read)) {
        known = parsed(RegularFile.read(file));
        read = changed;
      }
    } catch (NoSuchFileException e) {
      known = List.of();
    } catch (IOException e) {
      throw new ServerException(file + " cannot be read (" + e + "): make it readable");
    }
    return known;
  }

  public boolean isEmpty() {
    return all().isEmpty();
  }

  /** True when the text is one of them. Takes equally long for all that are not. */
  public boolean knows(String token) {
    byte[] hash = sha256(token).getBytes(StandardCharsets.US_ASCII);
    boolean any = false;
    for (Token one : all()) {
      any |= MessageDigest.isEqual(hash, one.sha256.getBytes(StandardCharsets.US_ASCII));
    }
    return any;
  }

  /**
   * Makes one.
   *
   * @return the whole token, which nobody can learn again
   * @throws ServerException when the name is taken or none, or the file cannot be written
   */
  public synchronized String add(String name, Instant now) {
    if (!NAME.matcher(name).matches()) {
      throw new ServerException(
          "the name of a token has 1 to 64 letters, digits, dots, hyphens or underscores");
    }
    List<Token> all = new ArrayList<>(all());
    if (all.stream().anyMatch(token -> token.name.equals(name))) {
      throw new ServerException(
          "there is a token '" + name + "' already: choose another name, or remove it first");
    }
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    all.add(new Token(name, sha256(token), now.toString()));
    write(all);
    return token;
  }

  /**
   * Removes one.
   *
   * @throws ServerException when there is no token of that name
   */
  public synchronized void remove(String name) {
    List<Token> all = new ArrayList<>(all());
    if (!all.removeIf(token -> token.name.equals(name))) {
      throw new ServerException("there is no token '" + name + "'");
    }
    write(all);
  }

  private void write(List<Token> tokens) {
    JsonWriter json = new JsonWriter().beginObject().key("tokens").beginArray();
    for (Token token : tokens) {
      json.beginObject().key("name").string(token.name).key("sha256").string(token.sha256);
      json.key("created_at").string(token.createdAt).endObject();
    }
    json.endArray().endObject().append('\n');
    try {
      AtomicFile.write(file, json.toByteArray());
    } catch (IOException e) {
      throw new ServerException(
          file + " cannot be written (" + e + "): check the home's permissions and space");
    }
    read = FileTime.fromMillis(Long.MIN_VALUE);
  }

  private List<Token> parsed(byte[] json) {
    List<Token> tokens = new ArrayList<>();
    try {
      Object value = new JsonReader().reset(json, 0, json.length).value();
      if (value instanceof Map<?, ?> map && map.get("tokens") instanceof List<?> list) {
        for (Object one : list) {
          tokens.add(token(one));
        }
        return List.copyOf(tokens);
      }
    } catch (JsonException | NumberFormatException e) {
      // Told below.
    }
    throw damaged();
  }

  private Token token(@org.jspecify.annotations.Nullable Object json) {
    if (json instanceof Map<?, ?> map
        && map.get("name") instanceof String name
        && map.get("sha256") instanceof String hash
        && hash.length() == 64
        && map.get("created_at") instanceof String createdAt) {
      return new Token(name, hash, createdAt);
    }
    throw damaged();
  }

  private ServerException damaged() {
    return new ServerException(file + " is no list of tokens: remove it, and make the tokens anew");
  }

  private static String sha256(String text) {
    return Sha256.hex(text);
  }
}
