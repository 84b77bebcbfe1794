package io.gapcanary.service.page;

import io.gapcanary.Desk;
import io.gapcanary.MailOutbox;
import io.gapcanary.NotFoundException;
import io.gapcanary.service.http.Problem;
import io.gapcanary.service.http.ProblemException;
import io.gapcanary.service.mail.MailException;
import io.gapcanary.service.mail.MailFailure;
import io.gapcanary.service.mail.MailSender;
import io.gapcanary.service.mail.MailSettings;
import io.gapcanary.service.text.Voice;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the weekly report is sent by e-mail, for administrators. */
public final class MailDesk {
  private static final int SHOWN = 50;

  private final MailOutbox outbox;
  private final ReportLetters letters;
  private final MailSender mail;
  private final InstantSource clock;

  /**
   * The e-mail of a desk.
   *
   * @param address where browsers reach the desk, or {@code null}
   */
  public MailDesk(Desk desk, MailSettings settings, @Nullable URI address, InstantSource clock) {
    this.outbox = desk.mailOutbox();
    this.letters = new ReportLetters(desk, settings.voice(), address);
    this.mail = new MailSender(desk, settings, letters::of, clock);
    this.clock = clock;
  }

  /** Sends what waits; it is to be started and closed. */
  public MailSender sender() {
    return mail;
  }

  /**
   * What is shown.
   *
   * @param settings how it is sent
   * @param messages what was given up, then what waits, each the latest first
   * @param said how a test went, or {@code null}
   * @param failed whether it went wrong
   */
  public record View(
      MailSettings settings,
      MailOutbox outbox,
      List<MailOutbox.Delivery> messages,
      @Nullable String said,
      boolean failed) {
    /** Takes a copy. */
    public View {
      messages = List.copyOf(messages);
    }

    /** The week that a message reports. */
    public String week(MailOutbox.Delivery delivery) {
      return outbox.reported(delivery).toString();
    }

    /** Why it was not sent yet, or an empty text. */
    public String error(MailOutbox.Delivery delivery, Voice voice) {
      String noted = delivery.error();
      return noted == null
          ? ""
          : MailFailure.find(noted).map(failure -> failure.say(voice)).orElse(noted);
    }
  }

  View view() {
    return view(null, false);
  }

  private View view(@Nullable String said, boolean failed) {
    List<MailOutbox.Delivery> dead = outbox.deliveries(true, Long.MAX_VALUE, SHOWN);
    List<MailOutbox.Delivery> waiting = outbox.deliveries(false, Long.MAX_VALUE, SHOWN);
    return new View(
        mail.settings(),
        outbox,
        Stream.concat(dead.stream(), waiting.stream()).toList(),
        said,
        failed);
  }

  /** Sends a test to one of the recipients, and tells how it went. */
  View test(String to, Voice voice) {
    if (!mail.settings().recipients().contains(to)) {
      throw new ProblemException(Problem.Kind.MALFORMED, "A test goes to one of mailTo");
    }
    try {
      mail.smtp().send("test-" + UUID.randomUUID(), to, letters.test(), clock.instant());
      return view(voice.say("mail.test.sent", to), false);
    } catch (MailException e) {
      return view(e.failure().say(voice), true);
    }
  }

  void sendAgain(String id) {
    if (!id.matches("\\d{1,18}")) {
      throw new NotFoundException("There is no message " + id);
    }
    outbox.redeliver(Long.parseLong(id));
  }
}
