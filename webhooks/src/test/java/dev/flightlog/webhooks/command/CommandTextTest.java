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
  void theNameOfTheBotIsTakenAsItIs() {
    CommandPatterns patterns = CommandPatterns.of(CommandPatterns.DEFAULTS, "my.bot+1");
    assertThat(patterns.find(List.of("@my.bot+1 review"))).isNotNull();
    assertThat(patterns.find(List.of("@myxbot+1 review"))).isNull();
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
    Command command = DEFAULT.find(Markdown.said(text));
    return command == null ? "none" : command.name();
  }
}
