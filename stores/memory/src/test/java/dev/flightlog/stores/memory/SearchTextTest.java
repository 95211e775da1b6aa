package dev.flightlog.stores.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.store.search.SearchQuery;
import dev.flightlog.store.search.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the text of a search means, and what is said of one that means nothing. */
@Timeout(60)
class SearchTextTest {
  private static void isRefused(String text, String because) {
    assertThatThrownBy(() -> SearchQuery.parse(text)).hasMessageContaining(because);
  }

  private static String understood(String text) {
    SearchQuery query = SearchQuery.parse(text);
    return query.all() + (query.none().isEmpty() ? "" : " without " + query.none());
  }

  @Test
  void aTextWithoutAWordIsRefusedWithWhatAWordIs() {
    for (String text :
        new String[] {"", "  ", "&& || ()", "*", "\"\"", "- + ! ?", "\ud83d\ude00"}) {
      isRefused(text, "a word has letters or digits");
    }
    isRefused("not:git", "say what to find, too");
  }

  @Test
  void aTextThatIsTooLongSaysHowLongItMayBe() {
    isRefused("x".repeat(100_000), "at most 10000 characters, not 100000");
    isRefused("x ".repeat(501), "at most 500 words");
    assertThat(SearchQuery.parse("x".repeat(10_000)).all()).hasSize(1);
  }

  @Test
  void operatorsInTheWrongPlaceAreExplained() {
    isRefused("OR", "OR stands between two words");
    isRefused("OR a", "OR stands between two words");
    isRefused("a OR OR b", "OR stands between two words");
    isRefused("a OR", "nothing behind the OR");
    isRefused("a OR not:b", "cannot stand behind OR");
    isRefused("a \"b c", "the quotation mark at character 3 is not closed");
    isRefused("a tool:\"b", "the quotation mark at character 8 is not closed");
    isRefused("a tool:&", "there is no word behind tool: at character 3");
    isRefused("not:%", "there is no word behind not: at character 1");
  }

  @Test
  void whatLooksLikeAnOperatorAndIsNoneIsText() {
    assertThat(understood("rm -rf /")).isEqualTo("[[rm], [rf]]");
    assertThat(understood("FILE NOT FOUND")).isEqualTo("[[file], [not], [found]]");
    assertThat(understood("http://x.org:80/a")).isEqualTo("[[\"http x org 80 a\"]]");
    assertThat(understood("C:\\Users error: 5\" or"))
        .isEqualTo("[[\"c users\"], [error], [5], [or]]");
    assertThat(understood("tool: Bash")).isEqualTo("[[tool], [bash]]");
    assertThat(understood("*.java fo*o")).isEqualTo("[[java], [\"fo o\"]]");
  }

  @Test
  void operatorsJoinNarrowAndExclude() {
    assertThat(understood("a OR b c* not:tool:Read not:\"x y\""))
        .isEqualTo("[[a, b], [c*]] without [tool:read, \"x y\"]");
    assertThat(understood("file:src/Foo* details.a.b:1 \"c d*\""))
        .isEqualTo("[[file:\"src foo*\"], [details.a.b:1], [\"c d*\"]]");
    assertThat(SearchQuery.phrase("a OR \"b").all()).hasToString("[[\"a or b\"]]");
  }

  @Test
  void wordsAreRunsOfLettersAndDigits() {
    assertThat(Words.in("  Foo_bar-2.5\u0000x ")).containsExactly("foo", "bar", "2", "5", "x");
    assertThat(Words.in("文件 ab中c")).containsExactly("文", "件", "ab", "中", "c");
    assertThat(Words.in("x".repeat(100))).containsExactly("x".repeat(64));
    assertThat(Words.in("\ud83d")).isEmpty();
    Words words = new Words().of("parseHTTPResponse2xx IDs A");
    assertThat(words.next()).isTrue();
    assertThat(words.parts()).containsExactly("parse", "http", "response2xx");
    assertThat(words.next()).isTrue();
    assertThat(words.parts()).isEmpty();
  }
}
