package dev.flightlog.patterns.interactions;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.FactCollector;
import dev.flightlog.patterns.digest.SessionWatch;
import dev.flightlog.patterns.facts.InteractionFact;
import dev.flightlog.patterns.facts.InteractionKind;
import dev.flightlog.patterns.facts.Occasion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at one session; remembers the last prompts. For one thread. */
final class InteractionWatch implements SessionWatch {
  private static final int REMEMBERED = 8;
  private static final int SHOWN = 120;
  private static final int COMPARED = 1000;

  /** With fewer words a prompt, such as "continue", is not a repetition. */
  private static final int FEW_WORDS = 4;

  /** So much of the words of both must be common. */
  private static final double ALIKE = 0.7;

  private final String session;
  private final FactCollector facts;
  private final Deque<Set<String>> prompts = new ArrayDeque<>();

  private @Nullable Event refused;
  private @Nullable Event interruption;

  /** A first prompt has nothing to correct. */
  private boolean prompted;

  InteractionWatch(String session, FactCollector facts) {
    this.session = session;
    this.facts = facts;
  }

  @Override
  public void see(Event event) {
    String type = event.eventType();
    if (type.equals(EventTypes.USER_PROMPT)) {
      prompt(event);
    } else if (type.equals(EventTypes.USER_INTERRUPT)) {
      interrupted(event);
    } else if (type.equals(EventTypes.TOOL_REJECTED)) {
      if (interruption != null && Refusals.isOneAct(interruption.micros(), event.micros())) {
        interruption = null;
      }
      refused = event;
      add(event, InteractionKind.REJECTION, event.detail("tool"), words(event));
    } else if (type.equals(EventTypes.HUMAN_CLARIFICATION_NEEDED)) {
      clarification(event);
    } else if (type.equals(EventTypes.TOOL_CALL)) {
      asked(event);
    }
  }

  /** Kept back until it is sure that it is no refusal that is told a second time. */
  private void interrupted(Event event) {
    addInterruption();
    if (refused == null || !Refusals.isOneAct(refused.micros(), event.micros())) {
      interruption = event;
    }
  }

  private void addInterruption() {
    if (interruption != null) {
      add(interruption, InteractionKind.INTERRUPTION, null, null);
      interruption = null;
    }
  }

  /** What the person said who refused; null when nothing was said. */
  private static @Nullable String words(Event event) {
    String said = event.detail("text");
    return said == null || said.isBlank() ? null : said;
  }

  private void clarification(Event event) {
    String reason = event.detail("reason");
    boolean approval = isApproval(reason);
    add(
        event,
        approval ? InteractionKind.APPROVAL : InteractionKind.CLARIFICATION,
        approval ? event.detail("tool") : reason,
        null);
  }

  private static boolean isApproval(@Nullable String reason) {
    return reason != null && reason.toLowerCase(Locale.ROOT).startsWith("approv");
  }

  private void asked(Event event) {
    String tool = event.detail("tool");
    if (tool == null || !InteractionObserver.ASKING.contains(tool)) {
      return;
    }
    if (tool.equals(SessionPrompts.QUESTION)) {
      add(event, InteractionKind.CLARIFICATION, heading(event), null);
    } else {
      add(event, InteractionKind.APPROVAL, tool, null);
    }
  }

  /** Why a person was asked; null when the event is no question, or does not tell. */
  static @Nullable String questionOf(Event event) {
    if (event.eventType().equals(EventTypes.HUMAN_CLARIFICATION_NEEDED)) {
      String reason = event.detail("reason");
      return isApproval(reason) ? null : reason;
    }
    boolean asks =
        event.eventType().equals(EventTypes.TOOL_CALL)
            && SessionPrompts.QUESTION.equals(event.detail("tool"));
    return asks ? heading(event) : null;
  }

  /** The heading of the first question, which says in a word or two what it is about. */
  private static @Nullable String heading(Event event) {
    if (event.details().get("input") instanceof Map<?, ?> input
        && input.get("questions") instanceof List<?> questions
        && !questions.isEmpty()
        && questions.getFirst() instanceof Map<?, ?> first
        && first.get("header") instanceof String header) {
      return header.strip().toLowerCase(Locale.ROOT);
    }
    return null;
  }

  private void prompt(Event event) {
    String text = SessionPrompts.text(event);
    if (text == null) {
      return;
    }
    PromptSignals tone = PromptSignals.of(text);
    boolean first = !prompted;
    prompted = true;
    if (tone.correction() && !first) {
      add(event, InteractionKind.CORRECTION, null, text);
    }
    if (tone.frustration() && !first) {
      add(event, InteractionKind.FRUSTRATION, null, text);
    }
    Set<String> words = words(text);
    if (words.size() >= FEW_WORDS) {
      for (Set<String> before : prompts) {
        if (alike(before, words)) {
          add(event, InteractionKind.REPEAT, null, text);
          break;
        }
      }
      prompts.addLast(words);
      if (prompts.size() > REMEMBERED) {
        prompts.removeFirst();
      }
    }
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    StringBuilder word = new StringBuilder();
    int length = Math.min(text.length(), COMPARED);
    for (int i = 0; i <= length; i++) {
      char c = i < length ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c)) {
        word.append(Character.toLowerCase(c));
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  private static boolean alike(Set<String> a, Set<String> b) {
    int common = 0;
    for (String word : a) {
      common += b.contains(word) ? 1 : 0;
    }
    return common >= ALIKE * (a.size() + b.size() - common);
  }

  private void add(
      Event event, InteractionKind kind, @Nullable String reason, @Nullable String text) {
    Number told = event.detailNumber("waiting_ms");
    Long waited = told == null ? event.integer(Field.DURATION_MS) : (Long) told.longValue();
    String plain = text == null ? null : text.strip();
    String head = plain == null ? null : plain.substring(0, Math.min(SHOWN, plain.length()));
    facts.add(
        new InteractionFact(Occasion.of(session, event), kind, reason, waited, head, event.id()));
  }

  @Override
  public void end() {
    addInterruption();
  }
}
