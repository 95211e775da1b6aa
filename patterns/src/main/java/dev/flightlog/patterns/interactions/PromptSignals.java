package dev.flightlog.patterns.interactions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether what a person wrote corrects the agent, and whether it is said in annoyance. Only the
 * head is looked at, where people say such things, without quoted code and pasted output.
 *
 * <p>A correction rejects what the agent did, said or proposed, repeats an instruction, stops or
 * undoes, or tells that what the agent did does not work. A question, a wish for a change, an
 * answer, or a failure that is merely pasted is none. Patterns are for English, and the common
 * words of German, French, Spanish, Portuguese, Italian, Russian, Chinese, Japanese and Korean.
 * Stateless.
 */
record PromptSignals(boolean correction, boolean frustration) {
  /** How much of a prompt is looked at, in characters. */
  private static final int HEAD = 400;

  /** How much of what was said may hold a correction: it comes first, reasons follow. */
  private static final int NEAR = 200;

  private static final PromptSignals NEUTRAL = new PromptSignals(false, false);

  private static final Pattern FENCE = Pattern.compile("(?s)```.*?(?:```|$)");
  private static final Pattern PASTED =
      Pattern.compile("(?m)^\\s*(?:\\[\\d|[{|>\u251c\u2502]).*$|\\[[Ii]mage[^\\]\\n]{0,200}\\]");

  /** Small words before the point: "uhh, so... no". */
  private static final String FILLER =
      "(?:(?:u+h+|u+m+|h+m+|m+k|ok(?:ay)?|k|so|well|and|but|yeah|yes|ah|oh|hey|sorry|man|dude"
          + "|bro|please|actually|sure)\\b[\\s,.!\\u2026-]*){0,4}";

  private static final Pattern OPENING =
      Pattern.compile(
          "(?i)^"
              + FILLER
              + "(?:"
              // No, with more behind it than a polite phrase.
              + "(?:no|nope|nah)(?=[\\s,.!:;\\u2026-]+\\S)(?!\\s+\\w+\\s+(?:yet|needed|left|required)\\b)(?![\\s,.!]+(?:problem|worries|worry|rush"
              + "|idea|need to worry|concern|issue|thanks|changes? needed|preference))\\b"
              + "|(?:no|nope)!+"
              + "|(?:stop|wait|hold on|hang on|slow down|whoa)\\b(?!\\s+(?:for|until|till|hook))"
              + "|(?:undo|revert|roll ?back)\\s+(?:that|this|it|your|the|all|everything|what)\\b"
              + "|what are you (?:doing|talking)"
              + "|why (?:did|would|are|do|have|were)(?:n't| not)? you\\b|why'd you\\b"
              + "|(?:do not|don'?t|never|you don'?t need|(?:we|i) don'?t (?:want|need)|please don'?t)\\b"
              + "|that(?:'s| is| was) (?:not|wrong|incorrect|false|the wrong)"
              + "|(?:this|it|that) (?:isn'?t|is not|doesn'?t|does not|didn'?t|did not)\\b"
              + "(?!\\s+(?:matter|need))"
              + "|you(?:'re| are| were)? (?:not correct|wrong|mistaken|incorrect|not listening)"
              + "|not (?:what|that|this one|like that|quite|right)\\b"
              + "|wrong\\b|incorrect\\b)");

  private static final Pattern ANYWHERE =
      Pattern.compile(
          "(?i)(?:"
              + "\\b(?:i|we) (?:already |just |clearly |literally )?(?:said|told you|asked you|asked for"
              + "|meant|didn'?t (?:ask|say|mean|want)|made decisions|thought (?:we (?:said|agreed|decided)|our plan|the plan))\\b"
              + "|\\bas i said\\b|\\byou were told\\b|\\byou were supposed to\\b"
              + "|\\bnot what (?:i|we) (?:asked|meant|want|wanted|said|need)"
              + "|\\b_?i_? would(?:'ve| have)? expected\\b"
              + "|\\byou(?:'re| are| were)? (?:not correct|wrong|mistaken|incorrect)\\b"
              + "|\\bthat(?:'s| is| was)(?: simply| just| also)? (?:wrong|incorrect|not (?:right|true|correct"
              + "|what|how|it)\\b|a hallucination)"
              + "|\\b(?:this|it|that) (?:simply |just )?(?:isn'?t|is not|wasn'?t) (?:true|right|correct"
              + "|valid|what|how)\\b"
              + "|\\b(?:test|fix|change|code|answer|output|result) (?:isn'?t|is not|wasn'?t) (?:valid|right"
              + "|correct|working)\\b"
              + "|\\b(?:i'?m |it'?s |is |are )?still (?:get|getting|see|seeing|fail\\w*|not|doesn'?t|broken"
              + "|wrong|the same|isn'?t|can'?t)\\b"
              + "|\\b(?:that|it|this|which|both|fix|change) (?:did|does)(?:n'?t| not| nothing)"
              + "(?: (?:work|help|fix|change|do anything|compile|run|yet|quite|seem|look|sound))\\b"
              + "|\\b(?:did not|didn'?t|doesn'?t|does not|isn'?t|not) (?:quite |really )?(?:work|working|workin'"
              + "|fix (?:it|that|the)|help at all|do anything|look right|sound (?:right|quite|like))"
              + "|\\bonly partially work|\\bpartially worked\\b|\\bdid nothing\\b"
              + "|\\bdoesn'?t(?: yet)? seem (?:to |very |right)"
              + "|\\byou (?:just |also |have |completely |again |are just |keep )?(?:forgot|missed|ignored|broke"
              + "|skipped|removed the wrong|misunderst\\w+|misread|overlooked|hallucinat\\w+|made (?:that|it|this) up"
              + "|sure didn'?t|repeat(?:ed|ing)?|changed the wrong|should(?:n'?t| not) have)\\b"
              + "|\\bdidn'?t you (?:just|already)\\b|\\bwhat you did there\\b"
              + "|\\bnot you (?:adding|doing|to|chang\\w+|mak\\w+)\\b|\\bnot you!"
              + "|\\b(?:in |on |to |at )the wrong (?:file|folder|directory|dir|branch|place|one|repo|line"
              + "|path|version|way)\\b|\\bwrong (?:file|folder|directory|branch|repo|approach|direction)\\b"
              + "|(?<!how do i )(?<!how to )(?<!can i )\\b(?:undo|revert) (?:that|this|it|your|these|those)\\b|\\bput (?:it|that) back\\b"
              + "|\\bdon'?t see why (?:this|that|it)\\b"
              + "|\\bnow (?:\\w+ ){0,3}(?:sounds?|looks?|is|are|fails?) (?:the same|broken|wrong|worse)"
              + "|\\b(?:now )?sounds? the same\\b"
              + "|\\bhallucinat(?:ion|ed|ing)\\b|\\bover-?(?:engineered|kill|complicated)\\b"
              + "|\\b(?:it|that|this|we) (?:doesn'?t|don'?t) need\\b"
              + "|\\bpointless\\b|\\bwhy is (?:this|that|it) an? (?:issue|problem)\\b|\\bnot sure i get\\b"
              + "|\\btoo (?:broad|much|complex|complicated|long|verbose|slow|many)\\b"
              + "|\\bonly works (?:if|when)\\b|\\bbut (?:then |now )?(?:it |that |this )?(?:fails|failed|breaks"
              + "|crashes|errors)\\b(?! to)|\\bi (?:got|get|see) no(?:thing)?\\b|\\bbut now (?:we|it|i|there|they)\\b"
              + "|\\bi don'?t see (?:any|mention|it\\b|why|that|the )|^.{0,60}\\b(?:what|huh)\\?+ "
              + "|\\b(?:is no|is not|isn'?t|not) (?:very |so |that )?good\\b"
              + "|(?<!that |which )\\b(?:is|was|are|looks?|seems?) (?:all |just |plain |totally )?(?:wrong|incorrect|unexpected)\\b"
              + "|\\bdon'?t see why\\b|\\bquestion (?:still )?stands\\b|\\bunlikely to\\b|\\bexcept where\\b"
              + "|\\b(?:doesn'?t|don'?t) need (?:to be|an?|its|it to)\\b"
              + "|\\bwhy (?:do|does|is|are|am|did) .{0,60}\\bstill\\b|\\bwhy (?:is|are) .{0,30}just as\\b"
              + "|^\\W*u+h+h\\b|^\\W*h+m+m*\\b.{0,40}\\b(?:but|unlikely|except|confus\\w+)\\b"
              + "|\\btoo (?:wide|narrow|big|small|short|minimal|noisy|early|large|aggressive|generic)\\b"
              + "|\\bstill nothing\\b|\\bnothing happen(?:s|ed)\\b|^\\W*why (?:so\\b|all\\b|ignore\\b)"
              + "|\\bare you sure\\b|\\b(?:here|on|no|nope) man\\b|, NOT (?:our|the|an?|your)\\b"
              + "|\\bshould NOT\\b|\\b(?:don'?t|did(?:n'?t)?) you (?:even |actually )?read\\b|\\bre-?read\\b.{0,30}again"
              + "|\\b(?:dunno|don'?t know|not sure)(?: if| that)? (?:we|i) (?:need|want)\\b|\\bstart over\\b"
              + "|\\brevert the\\b|\\b(?:is|seems|looks) backwards\\b|\\bwe said\\b|\\bwe (?:decided|agreed) on\\b"
              + "|^\\W*not true\\b|\\bdon'?t think (?:that|this|it|so)\\b.{0,30}(?:true|right|correct|works?)?"
              + "|\\b(?:doesn'?t|didn'?t|not) make sense\\b|\\bmakes no sense\\b|\\b(?:we|i) don'?t want\\b"
              + "|\\b(?:we|i) have no (?:desire|need|use)\\b|\\b(?:don'?t|do not) (?:love|like)\\b"
              + "|\\bnot (?:really )?(?:gonna|going to) work\\b|\\bwhy (?:did|do|would) you\\b|\\bwrongly\\b"
              + "|\\b(?:did|does|do)n'?t (?:open|show|come|get|match|appear|happen|update|start|load|render|fire"
              + "|trigger|exist|print|save|find|respond|stop)\\b"
              + "|\\bwhy (?:did|does|is|are|was|were|have|has)n'?t\\b|\\bhow come\\b"
              + "|\\b(?:isn'?t|is not|not) (?:lovely|great|ideal|nice|useful|helpful|acceptable|okay|ok)\\b"
              + "|\\b(?:isn'?t|is not) what (?:we|i)\\b|^\\W*(?:please )?read the (?:file|docs?|code|plan|readme)\\b.{0,12}first"
              + "|\\bno wait\\b|\\bsorry to say\\b|\\bis also missing\\b|\\byou know (?:that|what)\\b)");

  /** Praise with a reservation: "good, this works better, but …". */
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?i)^\\W*(?:ok(?:ay)?[,. ]+|yes[,. ]+)?(?:(?:that|this|it|everything|basic \\w+)\\b.{0,40})?"
              + "\\b(?:great|good|nice|cool|perfect|works?|worked|working|better|clean|close|almost"
              + "|mostly)\\b.{0,120}?(?:\\bbut (?!first|now let|let)|\\bexcept\\b|\\bhowever\\b"
              + "|\\b(?:issue|problem|trouble) is\\b|\\bonly (?:thing|issue|problem)\\b|\\bdoesn'?t\\b"
              + "|\\bisn'?t\\b|\\bdidn'?t\\b|\\btoo many\\b)");

  /** Takes out of the agent's hands, undoes, reminds, sends back to read. */
  private static final Pattern REDIRECTED =
      Pattern.compile(
          "(?i)(?:"
              + "\\bi(?:'ll| will| can) (?:just )?(?:run|do|test|handle|deploy|start|check|try|commit|push|fix)"
              + "\\b.{0,40}\\b(?:myself|manually)\\b"
              + "|\\bi(?:'ve| have)?(?: just)? (?:reverted|discarded|undid|undone|rolled back|thrown away)\\b"
              + "(?!.{0,30}\\bby (?:mistake|accident))"
              + "|\\bremember,? (?:this|that|it'?s|we|we'?re|you|our)\\b"
              + "|\\bgoing (?:around )?in circles\\b|\\bmess(?:ing|ed)? (?:it|this|that|things) up\\b"
              + "|\\b(?:check|look|think)\\b.{0,40}\\bcarefully\\b"
              + "|\\byou (?:need|have) to (?:actually )?read\\b|\\bdid you (?:even|actually) (?:read|check|look)\\b"
              + "|\\bwhy (?:are you|did you|would you|is it still|does it still)\\b"
              + "|\\bi meant\\b|\\bbut (?:you|it|that|this) (?:did|do|does|is|are|was|were|has|have|wo|ca)"
              + "(?:n'?t|n not| not)\\b|\\bbut you(?:'re| are)? (?:still|just|only)\\b"
              + "|(?:^|[.!] )\\W*(?:isn'?t that|wasn'?t that|didn'?t (?:you|we))\\b"
              + "|\\bi don'?t think you\\b"
              + "|\\byou(?:'ve| have) (?:got|made|put|used|changed|left|broken|removed|deleted|missed|created)\\b"
              + ".{0,60}\\b(?:both|wrong|problems?|errors?|mistakes?|bugs?|confusing|twice|duplicate\\w*)\\b"
              + "|\\byou got (?:it|that|this|the .{1,30}) (?:wrong|backwards|mixed up)\\b"
              + "|\\bi want you to do the right\\b|\\bget rid of (?:that|the other|all)\\b"
              + "|\\bno need to\\b.{0,60}\\b(?:backward|migrat|compat|support)|\\bstill (?:get|got|see)\\w*\\b)");

  private static final Pattern OTHER_LANGUAGES =
      Pattern.compile(
          "(?iu)(?:^(?:nein|non|n\u00e3o|\u043d\u0435\u0442)[\\s,.!]+\\S"
              // German
              + "|\\b(?:das (?:ist|war|stimmt)(?: doch| so)? (?:falsch|nicht)|ich (?:habe|hab|hatte)(?: doch)?"
              + " gesagt|ich meinte|r\u00fcckg\u00e4ngig|schon wieder|immer noch (?:nicht|falsch)"
              + "|funktioniert (?:immer noch )?nicht|falsche[nrs]? (?:datei|ordner|zweig))"
              // French
              + "|\\b(?:c'est (?:faux|pas \u00e7a)|ce n'est pas|j'ai dit|je voulais dire|annule (?:\u00e7a|cela)"
              + "|arr\u00eate|toujours pas|mauvais fichier|\u00e7a ne marche pas)"
              // Spanish, Portuguese, Italian
              + "|\\b(?:eso no es|no es lo que|te dije|ya dije|quise decir|deshaz|sigue sin|no funciona"
              + "|archivo equivocado|est\u00e1 mal|eu disse|n\u00e3o \u00e9 isso|n\u00e3o era isso|est\u00e1 errado"
              + "|desfa\u00e7a|ainda n\u00e3o|n\u00e3o funciona|ho detto|non \u00e8 (?:quello|giusto)|\u00e8 sbagliato"
              + "|annulla|ancora non|non funziona)"
              // Russian
              + "|(?:\u044d\u0442\u043e \u043d\u0435 \u0442\u043e|\u043d\u0435\u043f\u0440\u0430\u0432\u0438\u043b\u044c\u043d\u043e"
              + "|\u043d\u0435\u0432\u0435\u0440\u043d\u043e|\u044f (?:\u0436\u0435 )?(?:\u0441\u043a\u0430\u0437\u0430\u043b"
              + "|\u043f\u0440\u043e\u0441\u0438\u043b|\u0438\u043c\u0435\u043b \u0432 \u0432\u0438\u0434\u0443)"
              + "|\u043e\u0442\u043c\u0435\u043d\u0438|\u043e\u043f\u044f\u0442\u044c|\u0432\u0441\u0451? \u0435\u0449\u0451 \u043d\u0435"
              + "|\u043d\u0435 \u0440\u0430\u0431\u043e\u0442\u0430\u0435\u0442)"
              // Chinese, Japanese, Korean
              + "|\u4e0d\u5bf9|\u4e0d\u662f\u8fd9|\u9519\u4e86|\u6211\u8bf4\u7684\u662f|\u64a4\u9500|\u8fd8\u662f\u4e0d"
              + "|\u8fd8\u662f\u4e00\u6837\u7684|\u9055\u3044\u307e\u3059|\u9055\u3046|\u305d\u3046\u3058\u3083\u306a"
              + "|\u9593\u9055\u3063\u3066|\u5143\u306b\u623b\u3057\u3066|\u307e\u3060\u52d5\u304b|\ud2c0\ub838"
              + "|\ub418\ub3cc\ub824|\uc544\ub2c8\uc694|\uadf8\uac8c \uc544\ub2c8)");

  private static final Pattern ANNOYED =
      Pattern.compile(
          "(?i)(?:\\b(?:dude|wtf|wth|ffs|omg|argh+|ugh+|sigh|jesus|damn|dammit|come on|seriously"
              + "|for (?:the )?(?:last|second|third|fourth|fifth|\\d+(?:nd|rd|th)|nth) time|how many times"
              + "|what the (?:hell|heck|f\\w*)|are you (?:kidding|serious)|kidding me"
              + "|what are you (?:doing|smoking|talking about)|whoa buddy"
              + "|dumb|stupid|useless|ridiculous|garbage|nonsense|annoying|frustrat\\w+|terrible|awful|crap"
              + "|bullshit|shit|fuck\\w*|insane|idiot\\w*|pathetic|scheisse|schei\u00dfe|merde|mierda"
              + "|putain)\\b|\\ball kinds of wrong\\b|\\byou keep\\b|\\btaking so long\\b|\\bso slow\\b"
              + "|\\brepeating the same mistake)");

  /** Marks of a raised voice; in a long text they may belong to anything. */
  private static final Pattern RAISED = Pattern.compile("\\?!|!\\?|!{2,}|\\?{3,}");

  private static final int SHORT = 250;

  /** Words that are shouted: two in a row, one of them no abbreviation. */
  private static final Pattern SHOUTED =
      Pattern.compile(
          "\\b(?:(?:NO|NOPE|STOP|WHY|WRONG|WHAT)[!?]"
              + "|(?:[A-Z']{2,}\\s+)?(?:NOT|YOU|ARE|RIGHT|THERE|STOP|WHY|ALL|THIS|THAT|DON'T|EVERY|MUST"
              + "|NEVER|ALREADY|AGAIN|MADE|DUMB|JUST|WRONG)\\s+[A-Z']{2,}\\b)");

  private static final Pattern PLEASED =
      Pattern.compile(
          "(?i)^\\W*(?:perfect|great|awesome|excellent|thanks|thank you|nice|love it|it works?|it worked"
              + "|worked|that works|lgtm|yay|wow)\\b");

  /** The tone of a prompt that a person wrote. */
  static PromptSignals of(String text) {
    String head = text.substring(0, Math.min(text.length(), HEAD));
    head = FENCE.matcher(head).replaceAll(" ");
    String said = PASTED.matcher(head).replaceAll(" ").strip();
    if (said.isEmpty() || InjectedText.is(text)) {
      return NEUTRAL;
    }
    boolean pleased = PLEASED.matcher(said).find();
    boolean raised = said.length() < SHORT && RAISED.matcher(said).find();
    boolean annoyed =
        !pleased && (raised || ANNOYED.matcher(said).find() || SHOUTED.matcher(said).find());
    String near = said.substring(0, Math.min(said.length(), NEAR));
    Matcher opening = OPENING.matcher(said);
    boolean corrects =
        RESERVED.matcher(near).find()
            || (!pleased
                && (opening.find()
                    || ANYWHERE.matcher(near).find()
                    || REDIRECTED.matcher(near).find()
                    || OTHER_LANGUAGES.matcher(near).find()));
    return new PromptSignals(corrects, annoyed);
  }
}
