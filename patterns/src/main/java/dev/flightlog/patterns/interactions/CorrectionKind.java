package dev.flightlog.patterns.interactions;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a correction objects to, as far as its first words tell. Told by the words of English and
 * the most common ones of German; everything else is OTHER. The names are kept in files.
 */
public enum CorrectionKind {
  /** It was said before: an instruction was passed over or forgotten. */
  TOLD_BEFORE(
      "\\b(?:i|we)(?:'ve| have| had)? (?:already |just |clearly |literally )?(?:said|told|asked"
          + "|agreed|decided|meant)\\b|\\bas i said\\b|\\byou (?:were (?:told|supposed)|forgot"
          + "|ignored|skipped|missed|keep)\\b|\\bagain\\b.{0,20}[!?]|\\b(?:second|third|last"
          + "|fourth|nth) time\\b|\\bhow many times\\b|\\bre-?read\\b|\\bread the\\b"
          + "|\\bremember\\b|\\bgesagt\\b|\\bschon wieder\\b"),
  /** More, or something else, was done than was asked for. */
  UNASKED(
      "\\b(?:undo|revert|roll ?back|put (?:it|that) back)\\b|\\b(?:i|we) didn'?t ask\\b"
          + "|\\bnot what (?:i|we) (?:asked|want|wanted|meant)\\b|\\b(?:not you|without) (?:adding"
          + "|changing|removing)\\b|\\bdon'?t (?:add|change|remove|delete|touch|rename|create)\\b"
          + "|\\b(?:we|you|i) don'?t (?:need|want)\\b|\\bno need\\b|\\bover-?(?:engineered|kill"
          + "|complicated)\\b|\\bjust (?:do|the|what)\\b|\\bget rid of\\b|\\bwhy (?:did|would) you\\b"
          + "|\\br\u00fcckg\u00e4ngig\\b"),
  /** The wrong file, folder, branch or place. */
  WRONG_PLACE(
      "\\bwrong (?:file|folder|directory|dir|branch|repo|repository|place|line|path|version"
          + "|module)\\b|\\bnot (?:in |on )?(?:this|that) (?:file|folder|directory|branch|repo)\\b"
          + "|\\bfalsche[nrs]? (?:datei|ordner|zweig)\\b"),
  /** What was called done does not work. */
  NOT_WORKING(
      "\\b(?:doesn'?t|does not|didn'?t|did not|isn'?t|not|won'?t) (?:\\w+ ){0,2}(?:work|working|fix"
          + "|help|compile|build|run|start|load|pass|render|open|match|happen)\\w*\\b"
          + "|\\bstill (?:get|see|fail|not|doesn|isn|broken|wrong|the same|can'?t|nothing)\\w*"
          + "|\\b(?:fails?|failed|breaks?|broke|crash\\w*|errors?)\\b|\\bnothing happen\\w*\\b"
          + "|\\bfunktioniert (?:immer noch )?nicht\\b"),
  /** Anything else. */
  OTHER("(?!)");

  private static final int HEAD = 120;

  private final Pattern words;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  CorrectionKind(String words) {
    this.words = Pattern.compile("(?i)(?:" + words + ")");
  }

  /** As it is kept and shown. */
  public String wireName() {
    return wireName;
  }

  /** Under which corrections of this kind are counted. */
  public String label() {
    return "correction " + wireName;
  }

  /**
   * The kind of a correction, the first that its head tells.
   *
   * @param said what the person said, or its head
   */
  public static CorrectionKind of(String said) {
    String plain = said.strip();
    String head = plain.substring(0, Math.min(HEAD, plain.length()));
    for (CorrectionKind kind : values()) {
      if (kind.words.matcher(head).find()) {
        return kind;
      }
    }
    return OTHER;
  }
}
