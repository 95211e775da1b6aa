package dev.flightlog.wording.tokens;

import java.util.Base64;
import java.util.Random;

/** Texts of the kinds that answers hold, and of the kinds that break tokenizers, from a seed. */
enum SampleTexts {
  ENGLISH {
    @Override
    String text(Random random) {
      return words(
          random, " ", "the", "agent", "failed", "Because", "of", "a", "time-out,", "twice.");
    }
  },
  CODE {
    @Override
    String text(Random random) {
      return words(
          random,
          "\n    ",
          "if (x != null) {",
          "return fooBar(x_1, y2);",
          "}",
          "// TODOs: none",
          "\t\tassertThat(a).isEqualTo(\"b\");",
          "HTTPServerV2 s=new HTTPServerV2();",
          "#include <a.h>");
    }
  },
  JSON {
    @Override
    String text(Random random) {
      return words(
          random,
          ",\n  ",
          "\"id\": 42",
          "\"name\": \"Read\"",
          "{\"ok\": true}",
          "[]",
          "[1.5, -2e9]",
          "\"path\": \"C:\\\\temp\\\\x.txt\"",
          "null");
    }
  },
  MINIFIED_JSON {
    @Override
    String text(Random random) {
      return words(
          random,
          ",",
          "\"id\":42",
          "{\"a\":{\"b\":[]}}",
          "\"t\":\"2026-02-01T09:00:50.123Z\"",
          "\"s\":\"\\u00e9\\n\"",
          "[[],{},[{}]]",
          "-0.001",
          "false");
    }
  },
  CJK {
    @Override
    String text(Random random) {
      return characters(random, 0x4E00, 0x9FFF, 0x3040, 0x30FF, 0xAC00, 0xD7A3, 0x3000, 0x303F);
    }
  },
  EMOJI {
    @Override
    String text(Random random) {
      return words(
          random,
          "",
          "👩‍👩‍👧‍👦",
          "👍🏽",
          "🏴‍☠️",
          "🇩🇪",
          "❤️",
          "\u200D",
          "\uFE0F",
          " ",
          "ok",
          "1️⃣",
          "🧑‍💻");
    }
  },
  ARABIC {
    @Override
    String text(Random random) {
      return words(
          random, " ", "فشل", "الاتصال", "بالخادم", "مُحَمَّد", "٢٠٢٦", "؟", "لا", "\u200Fنص");
    }
  },
  HINDI {
    @Override
    String text(Random random) {
      return words(
          random, " ", "त्रुटि", "सर्वर", "से", "कनेक्शन", "१२३४", "हुआ।", "क्ष", "\u094D", "ि");
    }
  },
  BASE64 {
    @Override
    String text(Random random) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      return Base64.getEncoder().encodeToString(bytes);
    }
  },
  WHITESPACE {
    @Override
    String text(Random random) {
      return words(
          random,
          "",
          " ",
          "  ",
          "\t",
          "        ",
          "\u00A0",
          "\u3000",
          "\u2028",
          "\u0085",
          "\u000B",
          "\u200B",
          "\f",
          "x",
          "\n",
          "-",
          "3");
    }
  },
  LINE_ENDS {
    @Override
    String text(Random random) {
      return words(
          random, "", "\r\n", "\n", "\r", " ", "\t", "/", "//\n", "a", "A", ".", "\n\n\n", "5");
    }
  },
  NUMBERS {
    @Override
    String text(Random random) {
      return words(
          random, "", "0", "12", "345", "6789", ".", ",", " ", "½", "Ⅷ", "٣", "𝟘", "e", "-",
          "0x1F", "²");
    }
  },
  CONTRACTIONS {
    @Override
    String text(Random random) {
      return words(
          random, "", "it", "IT", "We", "'s", "'S", "'t", "'T", "'re", "'RE", "'rE", "'ve", "'Ve",
          "'m", "'M", "'ll", "'lL", "'LL", "'d", "'D", "'ſ", "'l", "'r", "'v", "’s", "'", "e", " ",
          "7");
    }
  },
  LONE_SURROGATES {
    @Override
    String text(Random random) {
      return words(
          random, "", "\uD83D", "\uDE00", "\uD83D\uDE00", "a", " ", "\uDBFF", "\uDC00", "B", "\n");
    }
  },
  LONG_WORDS {
    @Override
    String text(Random random) {
      String part =
          words(random, "", "a", "ab", "X", "rst", "é", "中", "=", "-", "_", "aaaa", "ing");
      return part.repeat(1 + random.nextInt(20));
    }
  },
  RUNS {
    @Override
    String text(Random random) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(5); i > 0; i--) {
        text.append(
            pick(random, "a", "Z", " ", "=", "\n", "-", "0", "é", "ha", "\u0301", ".", "*", "中"));
        text.repeat(text.substring(text.length() - 1), random.nextInt(700));
      }
      return text.toString();
    }
  },
  MARKS {
    @Override
    String text(Random random) {
      return words(
          random, "", "\u0301", "\u0300", "\u20DD", "\u0903", "a", "A", "ʰ", "ª", "ǅ", "オ", "!",
          " ", "1", "\n", "'s", "\t");
    }
  },
  ASCII {
    @Override
    String text(Random random) {
      return characters(random, ' ', '~');
    }
  },
  ANY_UNIT {
    @Override
    String text(Random random) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(80); i > 0; i--) {
        text.append((char) random.nextInt(0x10000));
      }
      return text.toString();
    }
  },
  ANY_CHARACTER {
    @Override
    String text(Random random) {
      return characters(random, 0, Character.MAX_CODE_POINT);
    }
  },
  SPECIAL_TOKENS {
    @Override
    String text(Random random) {
      return words(
          random, "", "<|endoftext|>", "<|endofprompt|>", "<|", "|>", "endoftext", " ", "a");
    }
  },
  ALL_TOGETHER {
    @Override
    String text(Random random) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 4; i++) {
        text.append(values()[random.nextInt(ordinal())].text(random));
      }
      return text.toString();
    }
  };

  abstract String text(Random random);

  private static String words(Random random, String between, String... words) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append(pick(random, words)).append(between);
    }
    return text.toString();
  }

  /** Characters out of ranges, each given by its first and its last. */
  private static String characters(Random random, int... ranges) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(80); i > 0; i--) {
      int range = 2 * random.nextInt(ranges.length / 2);
      text.appendCodePoint(random.nextInt(ranges[range], ranges[range + 1] + 1));
    }
    return text.toString();
  }

  private static String pick(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }
}
