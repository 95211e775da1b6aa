package dev.flightlog.webhooks.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * The lines of a Markdown comment that its author says, as CommonMark understands it: without code
 * of any kind, quotes, and what HTML hides or shows as code. Stateless.
 */
public final class Markdown {
  /** The longest comment of GitHub; what is beyond is not looked at. */
  private static final int LONGEST = 65_536;

  /** The most tags; each may make the parser look at all that follows. */
  private static final int MOST_TAGS = 2000;

  private static final int DEEPEST = 50;

  /** What stands in a line for code that is not looked at. */
  private static final String CODE = "``";

  private static final Parser PARSER =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
          .maxOpenBlockParsers(DEEPEST)
          .build();

  private Markdown() {}

  /** Lines without surrounding blanks, in their order. */
  public static List<String> said(String text) {
    String looked = text.substring(0, bound(text));
    // CommonMark replaces NUL; so lines keep their length.
    List<String> lines = looked.replace('\0', '\ufffd').lines().toList();
    Said said = new Said(lines);
    said.blocks(PARSER.parse(String.join("\n", lines)));
    return said.found();
  }

  private static int bound(String text) {
    int tags = 0;
    int most = Math.min(text.length(), LONGEST);
    for (int i = 0; i < most; i++) {
      if (text.charAt(i) == '<' && ++tags > MOST_TAGS) {
        return i;
      }
    }
    return most;
  }

  /** One walk over one document. */
  private static final class Said {
    private final List<String> lines;
    private final BitSet spoken = new BitSet();
    private final List<SourceSpan> hidden = new ArrayList<>();
    private final HtmlTags html = new HtmlTags();

    Said(List<String> lines) {
      this.lines = lines;
    }

    /** All blocks in their order, without recursion: documents may be nested as they like. */
    void blocks(Node document) {
      Deque<Node> open = new ArrayDeque<>();
      open.push(document);
      while (!open.isEmpty()) {
        Node node = open.pop();
        switch (node) {
          case Paragraph paragraph -> spoken(paragraph);
          case Heading heading -> spoken(heading);
          case HtmlBlock block -> html.read(block.getLiteral());
          case BlockQuote quote -> answerBelow(quote);
          default -> children(node).reversed().forEach(open::push);
        }
      }
    }

    private static List<Node> children(Node node) {
      List<Node> all = new ArrayList<>();
      for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
        all.add(child);
      }
      return all;
    }

    private void spoken(Node block) {
      if (html.isQuiet()) {
        return;
      }
      block.getSourceSpans().forEach(span -> spoken.set(span.getLineIndex()));
      inlines(block);
    }

    private void inlines(Node block) {
      HtmlTags inline = new HtmlTags();
      Deque<Node> open = new ArrayDeque<>(children(block));
      while (!open.isEmpty()) {
        Node node = open.pop();
        boolean quiet = inline.isQuiet();
        boolean comment = false;
        if (node instanceof HtmlInline tag) {
          inline.read(tag.getLiteral());
          comment = !HtmlTags.isTag(tag.getLiteral());
        }
        if (quiet || comment || node instanceof Code) {
          hidden.addAll(node.getSourceSpans());
        }
        children(node).reversed().forEach(open::push);
      }
    }

    /**
     * A line right below a quote is part of it for CommonMark; people who answer there mean their
     * own words.
     */
    private void answerBelow(BlockQuote quote) {
      if (html.isQuiet()) {
        return;
      }
      Deque<Node> open = new ArrayDeque<>(children(quote));
      while (!open.isEmpty()) {
        Node node = open.pop();
        if (node instanceof Paragraph paragraph) {
          boolean any = false;
          for (SourceSpan span : paragraph.getSourceSpans()) {
            String line = lines.get(span.getLineIndex()).strip();
            if (line.startsWith("@") || line.startsWith("/")) {
              spoken.set(span.getLineIndex());
              any = true;
            }
          }
          if (any) {
            inlines(paragraph);
          }
        } else {
          children(node).reversed().forEach(open::push);
        }
      }
    }

    List<String> found() {
      List<StringBuilder> shown = new ArrayList<>();
      lines.forEach(line -> shown.add(new StringBuilder(line)));
      // From the end of each line, so that places before stay where they are.
      hidden.stream()
          .distinct()
          .sorted((a, b) -> Integer.compare(b.getInputIndex(), a.getInputIndex()))
          .filter(span -> spoken.get(span.getLineIndex()))
          .forEach(span -> {
            int from = span.getColumnIndex();
            StringBuilder line = shown.get(span.getLineIndex());
            int to = Math.min(line.length(), from + span.getLength());
            if (from < to) {
              line.replace(from, to, CODE);
            }
          });
      List<String> found = new ArrayList<>();
      spoken.stream()
          .forEach(i -> {
            String line = shown.get(i).toString().strip();
            if (!line.isEmpty()) {
              found.add(line);
            }
          });
      return found;
    }
  }
}
