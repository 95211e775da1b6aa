package dev.flightlog.wording.tokens;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Makes the resource of {@link Vocabulary} out of the list that JTokkit carries: a line per token,
 * its bytes in Base64, a blank, its rank. Run by the build; not in the jar.
 */
final class VocabularyWriter {
  private static final String SOURCE = "/com/knuddels/jtokkit/o200k_base.tiktoken";

  private record Token(byte[] bytes, int rank) {}

  private VocabularyWriter() {}

  /** Takes one argument, the directory of classes to write to. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0], Vocabulary.RESOURCE);
    Files.createDirectories(file.getParent());
    try (InputStream in = VocabularyWriter.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IllegalStateException("JTokkit with " + SOURCE + " is not on the class path");
      }
      Files.write(file, table(tokens(in)));
    }
  }

  private static List<Token> tokens(InputStream in) throws IOException {
    List<Token> tokens = new ArrayList<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int blank = line.indexOf(' ');
      byte[] bytes = Base64.getDecoder().decode(line.substring(0, blank));
      tokens.add(new Token(bytes, Integer.parseInt(line.substring(blank + 1))));
    }
    return tokens;
  }

  private static byte[] table(List<Token> tokens) throws IOException {
    List<List<Token>> buckets = new ArrayList<>();
    for (int i = 0; i < Vocabulary.BUCKETS; i++) {
      buckets.add(new ArrayList<>());
    }
    for (Token token : tokens) {
      if (token.bytes.length > Vocabulary.LENGTH_LIMIT) {
        throw new IllegalStateException(
            "rank " + token.rank + " is longer than " + Vocabulary.LENGTH_LIMIT);
      }
      buckets.get(Vocabulary.bucket(token.bytes, 0, token.bytes.length)).add(token);
    }
    int offset = 3 * (Vocabulary.BUCKETS + 1);
    ByteArrayOutputStream offsets = new ByteArrayOutputStream();
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    for (List<Token> bucket : buckets) {
      writeNumber(offsets, offset + entries.size());
      for (Token token : bucket) {
        entries.write(token.bytes.length);
        writeNumber(entries, token.rank);
        entries.write(token.bytes);
      }
    }
    writeNumber(offsets, offset + entries.size());

    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(all);
    out.writeInt(offsets.size() + entries.size());
    offsets.writeTo(out);
    entries.writeTo(out);
    return all.toByteArray();
  }

  private static void writeNumber(ByteArrayOutputStream out, int number) {
    out.write(number >>> 16);
    out.write(number >>> 8);
    out.write(number);
  }
}
