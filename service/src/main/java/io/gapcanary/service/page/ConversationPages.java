package io.gapcanary.service.page;

import io.gapcanary.AgentAssist;
import io.gapcanary.Author;
import io.gapcanary.CaseFilter;
import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Desk;
import io.gapcanary.GapFilter;
import io.gapcanary.LinkAction;
import io.gapcanary.Message;
import io.gapcanary.NotFoundException;
import io.gapcanary.Outcome;
import io.gapcanary.Resolution;
import io.gapcanary.Suggestions;
import io.gapcanary.SupportCase;
import io.gapcanary.WireName;
import io.gapcanary.kb.Question;
import io.gapcanary.service.access.Caller;
import io.gapcanary.service.access.Scope;
import io.gapcanary.service.http.Conversations;
import io.gapcanary.service.http.Gate;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.http.ProblemException;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first page, a conversation to try; and the console, where agents have several of them.
 *
 * <p>Each form works without a script: it leads back to the page that holds it. With one, only the
 * conversation is sent again.
 */
final class ConversationPages {
  private static final int GAPS_ON_FIRST_PAGE = 10;
  private static final String CONSOLE = "/agent";

  private final Pages pages;
  private final Desk desk;
  private final AgentAssist assist;
  private final Conversations conversations;
  private final InstantSource clock;

  ConversationPages(Pages pages, Desk desk, Conversations conversations, InstantSource clock) {
    this.pages = pages;
    this.desk = desk;
    this.assist = desk.assist();
    this.conversations = conversations;
    this.clock = clock;
  }

  void first(Context context) {
    pages.show(context, "first.jte", firstView(context, context.queryParam("case")));
  }

  private Views.First firstView(Context context, @Nullable String caseId) {
    return new Views.First(
        pages.frame(context),
        view(context, "/", caseId),
        desk.board().list(GapFilter.FIRST_PAGE.limit(GAPS_ON_FIRST_PAGE)).gaps(),
        desk.board().openNow(),
        desk.totals(),
        desk.articles().size());
  }

  void agent(Context context) {
    ConversationView conversation = view(context, CONSOLE, context.queryParam("case"));
    if (context.header("HX-Request") == null) {
      pages.show(
          context,
          "agent.jte",
          new Views.Agent(
              conversation.frame(), conversation, openCases(context, conversation.frame())));
    } else {
      showConsole(context, conversation);
    }
  }

  /** The list of what goes on, alone: the console asks for it again and again. */
  void openCases(Context context) {
    pages.show(context, "parts/caseList.jte", openCases(context, pages.frame(context)));
  }

  private Views.OpenCases openCases(Context context, Frame frame) {
    Optional<Caller> person = Gate.caller(context).filter(Caller::isPerson);
    boolean mine =
        person.isPresent()
            && !"all".equals(context.queryParam("whose"))
            && ("mine".equals(context.queryParam("whose")) || person.get().scope() == Scope.AGENT);
    return new Views.OpenCases(
        frame,
        assist.list(CaseFilter.OPEN.of(mine ? person.get().name() : null)),
        Objects.requireNonNullElse(context.queryParam("case"), ""),
        mine,
        person.isPresent());
  }

  private void showConsole(Context context, ConversationView conversation) {
    pages.show(
        context,
        conversation.supportCase() == null ? "parts/conversation.jte" : "parts/consoleCase.jte",
        conversation);
  }

  private ConversationView view(Context context, String at, @Nullable String caseId) {
    SupportCase supportCase = caseId == null || caseId.isBlank() ? null : require(caseId);
    Frame frame = pages.frame(context);
    return new ConversationView(
        frame,
        at,
        supportCase,
        supportCase == null ? null : conversations.suggest(supportCase.id()),
        supportCase == null || supportCase.open() ? null : outcome(supportCase.id()),
        supportCase == null || !at.equals(CONSOLE) ? null : assist.contacts(supportCase.id()),
        Choices.of(desk.articles()),
        supportCase == null ? Examples.of(desk, frame.voice()) : List.of());
  }

  private @Nullable Outcome outcome(String caseId) {
    return assist.outcome(caseId).orElse(null);
  }

  private SupportCase require(String caseId) {
    return assist
        .find(caseId)
        .orElseThrow(() -> new NotFoundException("There is no case " + caseId));
  }

  void say(Context context) {
    String text = Objects.requireNonNullElse(context.formParam("text"), "");
    String caseId = Objects.requireNonNullElse(context.formParam("case"), "");
    if (!text.isBlank()) {
      Author from = constant(Author.class, "from", context.formParam("from"), Author.CUSTOMER);
      caseId = caseId.isBlank() ? conversations.open(opening(context)) : caseId;
      conversations.hear(
          caseId, new Message(blankAsNull(context.formParam("message")), from, text.strip(), null));
      for (String article : context.formParams("given")) {
        assist.link(caseId, article, LinkAction.LINKED, null);
      }
    }
    answer(context, caseId);
  }

  private static CaseOpening opening(Context context) {
    return CaseOpening.builder()
        .channel("chat")
        .product(context.formParam("product"))
        .version(context.formParam("version"))
        .language(context.formParam("language"))
        .customerId(context.formParam("customer"))
        .agentId(Gate.caller(context).filter(Caller::isPerson).map(Caller::name).orElse(null))
        .build();
  }

  void link(Context context) {
    String caseId = required(context, "case");
    LinkAction action =
        constant(LinkAction.class, "action", context.formParam("action"), LinkAction.LINKED);
    assist.link(caseId, required(context, "article"), action, null);
    answer(context, caseId);
  }

  void close(Context context) {
    String caseId = required(context, "case");
    String resolution = context.formParam("resolution");
    conversations.close(
        caseId,
        new Closing(
            null,
            resolution == null || resolution.isBlank()
                ? null
                : constant(Resolution.class, "resolution", resolution, Resolution.SOLVED),
            null,
            List.of()));
    answer(context, caseId);
  }

  /** What would be suggested for what is being typed; nothing is kept of it. */
  void preview(Context context) {
    String text = Objects.requireNonNullElse(context.formParam("text"), "");
    String caseId = Objects.requireNonNullElse(context.formParam("case"), "");
    Suggestions suggestions =
        text.isBlank()
            ? (caseId.isBlank() ? null : conversations.suggest(caseId))
            : conversations.suggest(typed(context, text));
    pages.show(
        context,
        "parts/suggestions.jte",
        new ConversationView(
            pages.frame(context),
            page(context),
            caseId.isBlank() ? null : require(caseId),
            suggestions,
            null,
            null,
            new Choices(List.of(), List.of(), List.of()),
            List.of()));
  }

  private Question typed(Context context, String text) {
    return new Question(
        text,
        blankAsNull(context.formParam("language")),
        blankAsNull(context.formParam("product")),
        blankAsNull(context.formParam("version")),
        clock.instant());
  }

  private static @Nullable String blankAsNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private void answer(Context context, String caseId) {
    String at = page(context);
    if (context.header("HX-Request") == null) {
      context.redirect(
          at + (caseId.isBlank() ? "" : "?case=" + encoded(caseId)), HttpStatus.SEE_OTHER);
    } else if (at.equals("/")) {
      pages.show(context, "parts/firstConversation.jte", firstView(context, caseId));
    } else {
      showConsole(context, view(context, at, caseId));
    }
  }

  private static String page(Context context) {
    return CONSOLE.equals(context.formParam("at")) ? CONSOLE : "/";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String required(Context context, String name) {
    String value = context.formParam(name);
    if (value == null || value.isBlank()) {
      throw new ProblemException(Problem.Kind.MALFORMED, "The form has no " + name);
    }
    return value;
  }

  private static <E extends Enum<E> & WireName> E constant(
      Class<E> type, String name, @Nullable String text, E absent) {
    try {
      return text == null || text.isBlank() ? absent : WireName.parse(type, name, text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.Kind.MALFORMED, String.valueOf(e.getMessage()));
    }
  }
}
