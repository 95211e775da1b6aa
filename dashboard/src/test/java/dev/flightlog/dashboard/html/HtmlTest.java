package dev.flightlog.dashboard.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class HtmlTest {
  private static final String NASTY = "<b a=\"1\" c='2'>&amp;</b>";

  @Test
  void textIsReadAsItWasWritten() {
    Document read =
        Jsoup.parse(Element.of(Tag.P, NASTY).with(Attr.TITLE, NASTY).and(Html.NONE).render());
    assertThat(read.select("p").text()).isEqualTo(NASTY);
    assertThat(read.select("p").attr("title")).isEqualTo(NASTY);
    assertThat(read.select("b")).isEmpty();
  }

  @Test
  void whatHasNoGlyphIsShownAsAnEscape() {
    assertThat(Html.text("a\u202eb\u0000c\nd").render()).isEqualTo("a\\u202eb\\u0000c\nd");
  }

  @Test
  void whatVariesOfALinkIsEncoded() {
    Link link = Link.to("/search").with("text", "a&b=c#d \"e\"/../").at("x y");
    assertThat(link.text()).isEqualTo("/search?text=a%26b%3Dc%23d%20%22e%22%2F..%2F#x%20y");
    assertThat(link.with("text", null).with("n", "").text()).isEqualTo("/search#x%20y");
  }

  @Test
  void aLinkLeadsToThisServerOnly() {
    for (String path : new String[] {"//evil.example", "javascript:x", "x", "/a/../b", "/a?b"}) {
      assertThatThrownBy(() -> Link.to(path)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void lengthsInDrawingsHaveOneDecimal() {
    assertThat(Element.of(Tag.RECT).with(Attr.X, -0.04).with(Attr.Y, 12.25).render())
        .isEqualTo("<rect x=\"0\" y=\"12.3\"></rect>");
    assertThat(Element.of(Tag.RECT).with(Attr.X, -1.26).render()).contains("\"-1.3\"");
  }
}
