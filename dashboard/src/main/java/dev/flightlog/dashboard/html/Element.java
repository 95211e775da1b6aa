package dev.flightlog.dashboard.html;

import dev.flightlog.wording.Markup;
import dev.flightlog.wording.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An element with its attributes and what is in it. Immutable. */
public final class Element implements Html {
  private final Tag tag;
  private final Map<String, String> attributes;
  private final List<Html> content;

  private Element(Tag tag, Map<String, String> attributes, List<Html> content) {
    this.tag = tag;
    this.attributes = attributes;
    this.content = content;
  }

  public static Element of(Tag tag, Html... content) {
    return new Element(tag, Map.of(), List.of(content));
  }

  public static Element of(Tag tag, List<? extends Html> content) {
    return new Element(tag, Map.of(), List.copyOf(content));
  }

  public static Element of(Tag tag, String text) {
    return of(tag, Html.text(text));
  }

  /** A link. */
  public static Element link(Link to, Html... content) {
    return of(Tag.A, content).set("href", to.text());
  }

  public static Element link(Link to, String text) {
    return link(to, Html.text(text));
  }

  /** A form that sends its fields in the query, so that the address holds them. */
  public static Element asking(Link to, Html... content) {
    return of(Tag.FORM, content).set("action", to.text()).set("method", "get");
  }

  /** A form that changes something. */
  public static Element changing(Link to, Html... content) {
    return of(Tag.FORM, content).set("action", to.text()).set("method", "post");
  }

  /** The same with an attribute set. */
  public Element with(Attr attribute, String value) {
    return set(attribute.attributeName(), value);
  }

  public Element with(Attr attribute, long value) {
    return set(attribute.attributeName(), Long.toString(value));
  }

  /** A length in a drawing, to a tenth. */
  public Element with(Attr attribute, double value) {
    long tenths = Math.round(value * 10);
    String sign = tenths < 0 ? "-" : "";
    long size = Math.abs(tenths);
    return set(
        attribute.attributeName(), sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10));
  }

  /** The same with an attribute that means something by being there. */
  public Element flag(Attr attribute, boolean there) {
    return there ? set(attribute.attributeName(), "") : this;
  }

  /** The same of this class, beside those it has. */
  public Element of(String className) {
    String known = attributes.get("class");
    return set("class", known == null ? className : known + " " + className);
  }

  /** The same with more in it. */
  public Element and(Html... more) {
    List<Html> all = new ArrayList<>(content);
    all.addAll(List.of(more));
    return new Element(tag, attributes, List.copyOf(all));
  }

  private Element set(String name, String value) {
    Map<String, String> more = new TreeMap<>(attributes);
    more.put(name, value);
    return new Element(tag, more, content);
  }

  void write(StringBuilder out) {
    out.append('<').append(tag.tagName());
    attributes.forEach((name, value) -> {
      out.append(' ').append(name).append("=\"");
      Markup.html(SafeText.multiline(value), out);
      out.append('"');
    });
    out.append('>');
    if (!tag.isEmpty()) {
      content.forEach(piece -> piece.renderTo(out));
      out.append("</").append(tag.tagName()).append('>');
    }
  }
}
