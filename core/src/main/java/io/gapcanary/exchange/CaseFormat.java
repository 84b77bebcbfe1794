package io.gapcanary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapcanary.Author;
import io.gapcanary.CaseOpening;
import io.gapcanary.Closing;
import io.gapcanary.Identity;
import io.gapcanary.LinkAction;
import io.gapcanary.Message;
import io.gapcanary.Resolution;
import io.gapcanary.WireName;
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
  public CaseLine read(JsonNode object, List<String> warnings) {
    String id = Fields.id(object, "case");
    Fields fields = new Fields(object, "case " + Fields.shortened(id));
    CaseOpening opening = opening(object, id);
    Instant openedAt = fields.requireTime("openedAt");
    List<Message> messages = messages(fields);
    Closing closing = closing(object);
    if (closing.at() != null && closing.at().isBefore(openedAt)) {
      throw new IllegalArgumentException(fields.what() + " closed before it opened");
    }
    List<CaseLine.Link> links = links(fields, warnings);
    if (!seen.add(id)) {
      throw new IllegalArgumentException(fields.what() + " was there already: the first one stays");
    }
    warnOfVersion(fields, opening.version(), warnings);
    return new CaseLine(id, opening, messages, links, closing);
  }

  private static void warnOfVersion(
      Fields fields, @Nullable String version, List<String> warnings) {
    if (version != null && ANY_VERSION_ABOVE_ZERO.fitsVersion(version)) {
      warnings.add(
          fields.what()
              + ": version \""
              + Fields.shortened(version)
              + "\" cannot be read, so every article fits");
    }
  }

  private static List<Message> messages(Fields fields) {
    List<Message> messages = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode node : fields.list("messages")) {
      Message message = message(fields.nested(node, "message " + (messages.size() + 1)));
      if (message.at() == null) {
        throw new IllegalArgumentException(
            fields.what() + ", message " + (messages.size() + 1) + " has no at");
      }
      if (message.id() != null && !ids.add(message.id())) {
        throw new IllegalArgumentException(
            fields.what() + " has two messages of the id " + Fields.shortened(message.id()));
      }
      messages.add(message);
    }
    if (messages.isEmpty()) {
      throw new IllegalArgumentException(fields.what() + " has no messages");
    }
    return messages;
  }

  private List<CaseLine.Link> links(Fields fields, List<String> warnings) {
    List<CaseLine.Link> links = new ArrayList<>();
    for (JsonNode node : fields.list("articles")) {
      CaseLine.Link link = link(fields.nested(node, "article " + (links.size() + 1)));
      if (knownArticle.test(link.articleId())) {
        links.add(link);
      } else {
        warnings.add(
            fields.what()
                + ": there is no article "
                + Fields.shortened(link.articleId())
                + ", so its link is left out");
      }
    }
    return links;
  }

  /**
   * Reads what is known of a case when it opens.
   *
   * @param id its id, or {@code null} to read it from the object, where it may be absent
   * @throws IllegalArgumentException saying in one sentence why it cannot be used
   */
  public static CaseOpening opening(JsonNode object, @Nullable String id) {
    String known = id == null && object.hasNonNull("id") ? Fields.id(object, "case") : id;
    Fields fields =
        new Fields(object, "case " + Fields.shortened(Objects.requireNonNullElse(known, "(new)")));
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
      Fields identity = fields.nested(node, "identity " + (identities.size() + 1));
      identities.add(new Identity(identity.require("type"), identity.require("value")));
    }
    return identities;
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException saying in one sentence why it cannot be used
   */
  public static Message message(JsonNode object) {
    return message(new Fields(object, "message"));
  }

  private static Message message(Fields fields) {
    return new Message(
        fields.text("id"),
        WireName.parse(Author.class, fields.what() + ": from", fields.require("from")),
        fields.require("text"),
        fields.time("at"));
  }

  /**
   * Reads what an agent did with an article.
   *
   * @throws IllegalArgumentException saying in one sentence why it cannot be used
   */
  public static CaseLine.Link link(JsonNode object) {
    return link(new Fields(object, "article"));
  }

  private static CaseLine.Link link(Fields fields) {
    return new CaseLine.Link(
        fields.require("id"),
        WireName.parse(LinkAction.class, fields.what() + ": action", fields.require("action")),
        fields.time("at"));
  }

  /**
   * Reads how a case closes, from a case's line ({@code closedAt}) or a request's body ({@code
   * at}).
   *
   * @throws IllegalArgumentException saying in one sentence why it cannot be used
   */
  public static Closing closing(JsonNode object) {
    Fields fields = new Fields(object, "close");
    String resolution = fields.text("resolution");
    Instant at = fields.time("closedAt");
    return new Closing(
        at == null ? fields.time("at") : at,
        resolution == null ? null : WireName.parse(Resolution.class, "resolution", resolution),
        fields.number("handleMinutes"),
        fields.texts("tags"));
  }
}
