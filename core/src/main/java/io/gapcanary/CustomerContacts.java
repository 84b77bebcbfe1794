package io.gapcanary;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The other contacts of a case's customer, under whichever identity they came: what an agent takes
 * in at a glance. Free of personal data.
 *
 * @param identified whether the customer is known; of an unknown one there are no contacts
 * @param count how many other cases there are
 * @param latest the latest ones, the latest first
 */
public record CustomerContacts(boolean identified, int count, List<Contact> latest) {
  /** Takes a copy. */
  public CustomerContacts {
    latest = List.copyOf(latest);
  }

  /** What happened after a contact. */
  public enum Afterwards implements WireName {
    /** It is not closed. */
    STILL_OPEN,
    /** The line dropped, and the customer was back within minutes. */
    RECONNECTED,
    /** The customer came back about the same within the window. */
    CAME_BACK,
    /** The window has passed, and the customer did not come back about the same. */
    STAYED_AWAY,
    /** The window has not passed yet. */
    TOO_EARLY
  }

  /**
   * One of them.
   *
   * @param caseId the case
   * @param openedAt when it opened
   * @param channel {@code chat}, {@code phone}, …
   * @param product the product it was about
   * @param question what it asked, masked; may be empty
   * @param given the articles given
   * @param resolution how it ended, when somebody said
   * @param afterwards whether it helped, as far as one can tell
   * @param returnedBy the case in which the customer came back, or {@code null}
   */
  public record Contact(
      String caseId,
      Instant openedAt,
      @Nullable String channel,
      @Nullable String product,
      String question,
      List<GivenArticle> given,
      @Nullable Resolution resolution,
      Afterwards afterwards,
      @Nullable String returnedBy) {
    /** Takes a copy. */
    public Contact {
      given = List.copyOf(given);
    }
  }

  /**
   * An article that was given.
   *
   * @param articleId the article
   * @param title its title as it is now, or its id when it is gone
   */
  public record GivenArticle(String articleId, String title) {}
}
