package io.gapcanary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.Author;
import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Identity;
import io.gapcanary.LinkAction;
import io.gapcanary.Message;
import io.gapcanary.Resolution;
import io.gapcanary.exchange.Flaw.Reason;
import io.gapcanary.kb.Applicability;
import io.gapcanary.kb.VersionRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A case in JSON: a line of {@code cases.jsonl}, and the parts of it that the HTTP API takes one by
 * one.
 */
public final class CaseFormat implements LineFormat<CaseLine> {
  private static final Applicability ANY_VERSION_ABOVE_ZERO =
      new Applicability(null, VersionRange.parse(">=0 <0"));

  private final Predicate<String> knownArticle;
  private final Set<String> seen = new HashSet<>();

  /**
   * Reads the cases of one import: of two with the same id the first one stays.
   *
   * @param knownArticle tells whether there is an article of an id; links to others are dropped
   *     with a warning
   */
  public CaseFormat(Predicate<String> knownArticle) {
    this.knownArticle = knownArticle;
  }

  @Override
  public CaseLine read(JsonNode object, List<Flaw> warnings) {
    String id = Fields.id(object, Flaw.Kind.CASE);
    Fields fields = new Fields(object, Flaw.Kind.CASE, id);
    CaseOpening opening = opening(object, id);
    Instant openedAt = fields.requireTime("openedAt");
    List<Message> messages = messages(fields);
    Closing closing = closing(fields);
    if (closing.at() != null && closing.at().isBefore(openedAt)) {
      throw fields.refused(Reason.CLOSED_BEFORE_OPENED);
    }
    List<CaseLine.Link> links = links(fields, warnings);
    if (!seen.add(id)) {
      throw fields.refused(Reason.FIRST_STAYS);
    }
    String version = opening.version();
    if (version != null && ANY_VERSION_ABOVE_ZERO.fitsVersion(version)) {
      warnings.add(fields.flaw(Reason.VERSION_UNREADABLE, Fields.shortened(version)));
    }
    return new CaseLine(id, opening, messages, links, closing);
  }

  private static List<Message> messages(Fields fields) {
    List<Message> messages = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode node : fields.list("messages")) {
      Fields nested = fields.nested(node, Flaw.Kind.MESSAGE, messages.size() + 1);
      Message message = message(nested);
      if (message.at() == null) {
        throw nested.refused(Reason.MISSING, "at");
      }
      if (message.id() != null && !ids.add(message.id())) {
        throw fields.refused(Reason.SAME_MESSAGE_ID, Fields.shortened(message.id()));
      }
      messages.add(message);
    }
    if (messages.isEmpty()) {
      throw fields.refused(Reason.MISSING, "messages");
    }
    return messages;
  }

  private List<CaseLine.Link> links(Fields fields, List<Flaw> warnings) {
    List<CaseLine.Link> links = new ArrayList<>();
    int number = 1;
    for (JsonNode node : fields.list("articles")) {
      CaseLine.Link link = link(fields.nested(node, Flaw.Kind.ARTICLE, number++));
      if (knownArticle.test(link.articleId())) {
        links.add(link);
      } else {
        warnings.add(fields.flaw(Reason.LINK_TO_NO_ARTICLE, Fields.shortened(link.articleId())));
      }
    }
    return links;
  }

  /**
   * Reads what is known of a case when it opens.
   *
   * @param id its id, or {@code null} to read it from the object, where it may be absent
   * @throws UnusableException when it cannot be used
   */
  public static CaseOpening opening(JsonNode object, @Nullable String id) {
    String known = id == null && object.hasNonNull("id") ? Fields.id(object, Flaw.Kind.CASE) : id;
    Fields fields = new Fields(object, Flaw.Kind.CASE, Objects.requireNonNullElse(known, "(new)"));
    if (known != null && known.length() > CaseOpening.LONGEST_ID) {
      throw fields.refused(Reason.TOO_LONG, "id", String.valueOf(CaseOpening.LONGEST_ID));
    }
    return CaseOpening.builder()
        .id(known)
        .openedAt(fields.time("openedAt"))
        .customerId(fields.text("customerId"))
        .identities(identities(fields))
        .channel(fields.text("channel"))
        .product(fields.text("product"))
        .version(fields.text("version"))
        .language(fields.text("language"))
        .segment(fields.text("segment"))
        .tags(fields.texts("tags"))
        .agentId(fields.text("agentId"))
        .build();
  }

  private static List<Identity> identities(Fields fields) {
    List<Identity> identities = new ArrayList<>();
    for (JsonNode node : fields.list("identities")) {
      Fields identity = fields.nested(node, Flaw.Kind.IDENTITY, identities.size() + 1);
      identities.add(new Identity(identity.requireTold("type"), identity.requireTold("value")));
    }
    return identities;
  }

  /**
   * Reads a message.
   *
   * @throws UnusableException when it cannot be used
   */
  public static Message message(JsonNode object) {
    return message(new Fields(object, Flaw.Kind.MESSAGE, ""));
  }

  private static Message message(Fields fields) {
    return new Message(
        fields.told("id"),
        fields.constant(Author.class, "from", fields.require("from")),
        fields.require("text"),
        fields.time("at"));
  }

  /**
   * Reads what an agent did with an article.
   *
   * @throws UnusableException when it cannot be used
   */
  public static CaseLine.Link link(JsonNode object) {
    return link(new Fields(object, Flaw.Kind.ARTICLE, ""));
  }

  private static CaseLine.Link link(Fields fields) {
    return new CaseLine.Link(
        fields.require("id"),
        fields.constant(LinkAction.class, "action", fields.require("action")),
        fields.time("at"));
  }

  /**
   * Reads how a case closes, from a request's body.
   *
   * @throws UnusableException when it cannot be used
   */
  public static Closing closing(JsonNode object) {
    return closing(new Fields(object, Flaw.Kind.CLOSE, ""));
  }

  /** The time is {@code closedAt} in a case's line, and {@code at} in a request's body. */
  private static Closing closing(Fields fields) {
    String resolution = fields.text("resolution");
    Instant at = fields.time("closedAt");
    return new Closing(
        at == null ? fields.time("at") : at,
        resolution == null ? null : fields.constant(Resolution.class, "resolution", resolution),
        fields.amount("handleMinutes"),
        fields.texts("tags"));
  }
}
