package io.gapcanary.service.page;

import io.gapcanary.CustomerContacts;
import io.gapcanary.Outcome;
import io.gapcanary.Suggestions;
import io.gapcanary.SupportCase;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with what Gapcanary says beside it.
 *
 * @param frame the page's
 * @param at the page that holds it, {@code /} or {@code /agent}
 * @param supportCase the case, or {@code null} before the first message
 * @param suggestions what is suggested, or {@code null} before the first message
 * @param outcome how it closed, or {@code null} while it is open
 * @param contacts what the customer came for besides it, or {@code null} where that is not shown
 * @param choices what may be chosen
 * @param examples questions to try
 */
public record ConversationView(
    Frame frame,
    String at,
    @Nullable SupportCase supportCase,
    @Nullable Suggestions suggestions,
    @Nullable Outcome outcome,
    @Nullable CustomerContacts contacts,
    Choices choices,
    List<String> examples) {
  /** Takes a copy. */
  public ConversationView {
    examples = List.copyOf(examples);
  }

  /** Titles of what was given in a contact, one after the other. */
  public static String titles(CustomerContacts.Contact contact) {
    return contact.given().stream()
        .map(CustomerContacts.GivenArticle::title)
        .collect(Collectors.joining(", "));
  }

  /** True when the article was given in this case. */
  public boolean given(String articleId) {
    return supportCase != null && supportCase.given().contains(articleId);
  }

  /** The case's id, empty before the first message. */
  public String caseId() {
    return supportCase == null ? "" : supportCase.id();
  }
}
