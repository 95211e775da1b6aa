package dev.flightlog.webhooks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTextTest {
  private static final CommandPatterns DEFAULT =
      CommandPatterns.of(CommandPatterns.DEFAULTS, "bot");

  @Test
  void aMentionAtTheBeginningOfALineIsACommand() {
    assertThat(inMarkdown("Thanks!\n\n@bot review, please")).isEqualTo("review");
    assertThat(inMarkdown("  @Bot: REVIEW")).isEqualTo("review");
    assertThat(inMarkdown("/agent fix the tests")).isEqualTo("fix");
  }

  @Test
  void aMentionInTheMiddleOrOfAnotherIsNone() {
    assertThat(inMarkdown("I asked @bot review yesterday")).isEqualTo("none");
    assertThat(inMarkdown("@bottom review")).isEqualTo("none");
    assertThat(inMarkdown("@bot")).isEqualTo("none");
    assertThat(inMarkdown("/agents fix")).isEqualTo("none");
  }

  @Test
  void codeAndQuotesAreNotSaid() {
    assertThat(inMarkdown("```\n@bot review\n```")).isEqualTo("none");
    assertThat(inMarkdown("~~~~ sh\n~~~\n@bot review\n~~~~\n@bot fix")).isEqualTo("fix");
    assertThat(inMarkdown("````\n```\n@bot review")).isEqualTo("none");
    assertThat(inMarkdown("``` not a fence` \n@bot review")).isEqualTo("review");
    assertThat(inMarkdown("> @bot review\n> really")).isEqualTo("none");
    assertThat(inMarkdown("> look\n\n@bot review")).isEqualTo("review");
    assertThat(inMarkdown("    @bot review")).isEqualTo("none");
    assertThat(inMarkdown("`@bot review`")).isEqualTo("none");
    assertThat(inMarkdown("<!--\n@bot review\n-->")).isEqualTo("none");
  }

  @Test
  void codeOfAnyKindIsNotSaid() {
    for (String code :
        List.of(
            "How:\n```\n@bot deploy\n```\n",
            "Try one of these:\n- ```\n  @bot deploy\n  ```\n",
            "1. Push\n    ```\n    @bot deploy\n    ```\n2. wait\n",
            "- staging\n  - then write\n    ```\n    @bot deploy\n    ```\n",
            "- write\n\t```\n\t@bot deploy\n\t```\n",
            "- item\n\n      @bot deploy\n",
            "> - ~~~\n>   @bot deploy\n>   ~~~\n",
            "Usage:\n<pre>\n@bot deploy\n</pre>\n",
            "<pre><code>\n@bot deploy\n</code></pre>\n",
            "<code>\n\n@bot deploy\n\n</code>\n",
            "<blockquote>\n\n@bot deploy\n\n</blockquote>\n",
            "<code>\n@bot deploy</code> is it",
            "Hello <!--\n@bot deploy\n-->\n",
            "Hello <!-- a\n--> b <!--\n@bot deploy -->\n",
            "As in `text that\n@bot deploy` does\n",
            "As in ``a ` b\n@bot deploy`` does\n",
            "`a\nb` @bot deploy\n",
            "[foo]: /url\n'@bot deploy'\n",
            "> ```\n@bot deploy`",
            "<script>\n@bot deploy\n</script>\n",
            "<details><summary>x</summary><pre>\n\n@bot deploy\n\n</pre></details>\n",
            "\\@bot deploy")) {
      boolean answerBelow = code.startsWith("> ```");
      assertThat(inMarkdown(code)).as(code).isIn(answerBelow ? "deploy" : "none", "none");
    }
  }

  @Test
  void whatStandsBehindCodeIsSaid() {
    assertThat(inMarkdown("- ```\n  make\n  ```\n\n@bot review\n")).isEqualTo("review");
    assertThat(inMarkdown("1. It fails:\n    ```\n    make: ***\n    ```\n\n@bot review\n"))
        .isEqualTo("review");
    assertThat(inMarkdown("- ```\n  never closed\n\n@bot review\n")).isEqualTo("review");
    assertThat(inMarkdown("<pre>\nx\n</pre>\n\n@bot review\n")).isEqualTo("review");
    assertThat(inMarkdown("<!-- x -->\n@bot review\n")).isEqualTo("review");
    assertThat(inMarkdown("Use <code> here\n\n@bot review\n")).isEqualTo("review");
    assertThat(inMarkdown("`x`\n@bot review `y`\n")).isEqualTo("review");
    assertThat(inMarkdown("> quoted\n@bot review")).isEqualTo("review");
    assertThat(inMarkdown("@bot review\n---\n")).isEqualTo("review");
    assertThat(inMarkdown("- look\n  @bot review\n")).isEqualTo("review");
    assertThat(inMarkdown("one\r\n\r\n@bot review\r\n")).isEqualTo("review");
  }

  @Test
  void anyBlankOfUnicodeMayStandBehindAMention() {
    for (int blank :
        new int[] {
          0x09, 0x20, 0xa0, 0x1680, 0x2003, 0x2007, 0x2009, 0x200b, 0x200e, 0x202f, 0x205f, 0x2060,
          0x3000, 0xfeff
        }) {
      String mention = "@bot" + Character.toString(blank) + "review";
      assertThat(inMarkdown(mention)).as(Integer.toHexString(blank)).isEqualTo("review");
      assertThat(DEFAULT.find(SlackText.said("<@U>" + mention.substring(4), List.of("U"), "bot")))
          .isPresent();
    }
    assertThat(inMarkdown("\ufeff@bot review")).isEqualTo("review");
    assertThat(inMarkdown("@\u200bbot review")).isEqualTo("none");
  }

  @Test
  void hostileMarkdownTakesNoTime() {
    for (String part :
        List.of(
            "> ",
            "- ",
            "*",
            "[",
            "![",
            "<",
            "<a ",
            "`",
            "``\n`",
            "<!--",
            "&",
            "_a ",
            "**a ",
            "[a](",
            "1. ",
            "\t",
            "<pre>\n\n",
            "<a b=",
            "](")) {
      String text = part.repeat(Math.max(1, 60_000 / part.length()));
      long start = System.nanoTime();
      Markdown.said(text);
      Markdown.said(text + "\n\n@bot review");
      assertThat((System.nanoTime() - start) / 1_000_000).as(part).isLessThan(5_000);
    }
  }

  @Test
  void codeInJiraAndSlackIsNotSaid() throws Exception {
    String marked =
        """
        {"type":"doc","content":[{"type":"paragraph","content":[
          {"type":"text","text":"@bot deploy","marks":[{"type":"code"}]},
          {"type":"text","text":" is how"}]}]}
        """;
    assertThat(JiraText.said(new ObjectMapper().readTree(marked), List.of(), "bot"))
        .containsExactly("`` is how");
    assertThat(JiraText.said(TextNode.valueOf("{{@bot deploy}} is how"), List.of(), "bot"))
        .containsExactly("`` is how");
    assertThat(SlackText.said("`<@U> deploy` is how\n~<@U> deploy~", List.of("U"), "bot"))
        .containsExactly("`` is how", "``");
  }

  @Test
  void theNameOfTheBotIsTakenAsItIs() {
    CommandPatterns patterns = CommandPatterns.of(CommandPatterns.DEFAULTS, "my.bot+1");
    assertThat(patterns.find(List.of("@my.bot+1 review"))).isPresent();
    assertThat(patterns.find(List.of("@myxbot+1 review"))).isEmpty();
  }

  @Test
  void aPatternThatRunsAwayIsStopped() {
    CommandPatterns hostile =
        CommandPatterns.of(List.of("^(?<command>(x+x+)+(y|x)*)+z$", "(a*)*(?<command>b)"), "bot");
    assertThatThrownBy(() -> hostile.find(List.of("x".repeat(900))))
        .isInstanceOf(CommandPatterns.RunawayPatternException.class)
        .hasMessageContaining("too many steps");
  }

  @Test
  void aPatternMustNameItsCommand() {
    assertThatThrownBy(() -> CommandPatterns.of(List.of("^/fix"), "bot"))
        .hasMessageContaining("(?<command>");
    assertThatThrownBy(() -> CommandPatterns.of(List.of("^(?<command>"), "bot"))
        .hasMessageContaining("is wrong");
  }

  @Test
  void slackEscapesAreUndoneAndMentionsNamed() {
    List<String> said =
        SlackText.said(
            "<@U0BOT> review <https://example.com/a|this> &amp; &lt;that&gt;\n"
                + "&gt; <@U0BOT> quoted\n```<@U0BOT> code``` in <#C1|general>",
            List.of("U0BOT"),
            "bot");
    assertThat(said).containsExactly("@bot review this & <that>", "in #general");
    assertThat(SlackText.said("&gt;&gt;&gt; a\n<@U0BOT> review", List.of("U0BOT"), "bot"))
        .isEmpty();
    assertThat(SlackText.said("<@U2> review", List.of("U0BOT"), "bot"))
        .containsExactly("@U2 review");
  }

  @Test
  void jiraWikiTextIsReadWithoutCodeAndQuotes() {
    String text =
        "{code:java}\n[~accountid:5b10] review\n{code}\n{quote}\n[~bot] fix\n{quote}\n"
            + "bq. [~bot] plan\n[~accountid:5b10] deploy now";
    assertThat(JiraText.said(TextNode.valueOf(text), List.of("5b10"), "bot"))
        .containsExactly("@bot deploy now");
  }

  @Test
  void anAtlassianDocumentIsReadWithoutCodeAndQuotes() throws Exception {
    String document =
        """
        {"type":"doc","version":1,"content":[
          {"type":"codeBlock","content":[{"type":"text","text":"@bot one"}]},
          {"type":"blockquote","content":[{"type":"paragraph","content":[
            {"type":"text","text":"@bot two"}]}]},
          {"type":"paragraph","content":[
            {"type":"text","text":"First"},{"type":"hardBreak"},
            {"type":"mention","attrs":{"id":"5b10","text":"@Flight Log"}},
            {"type":"text","text":" review this"}]}]}
        """;
    assertThat(JiraText.said(new ObjectMapper().readTree(document), List.of("5b10"), "bot"))
        .containsExactly("First", "@bot review this");
  }

  private static String inMarkdown(String text) {
    return DEFAULT.find(Markdown.said(text)).map(Command::name).orElse("none");
  }
}
