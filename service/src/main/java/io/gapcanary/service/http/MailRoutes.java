package io.gapcanary.service.http;

import io.gapcanary.MailOutbox;
import io.gapcanary.NotFoundException;
import io.gapcanary.service.mail.MailFailure;
import io.gapcanary.service.text.Voice;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Weekly reports that wait to be sent by e-mail or were given up, over HTTP. */
public final class MailRoutes {
  private final MailOutbox outbox;

  /** The outbox of a desk. */
  public MailRoutes(MailOutbox outbox) {
    this.outbox = outbox;
  }

  /** Adds them all. */
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/v1/mail-deliveries", this::deliveries);
    routes.post("/api/v1/mail-deliveries/{id}/redeliver", this::redeliver);
  }

  private void deliveries(Context context) {
    int limit = Parameters.limit(context, 100);
    String state = context.queryParam("state");
    if (state != null && !Set.of("dead", "waiting").contains(state)) {
      throw new ProblemException(Problem.Kind.MALFORMED, "state must be dead or waiting");
    }
    String before = context.queryParam("before");
    List<MailOutbox.Delivery> found =
        outbox.deliveries(
            !"waiting".equals(state),
            before == null ? Long.MAX_VALUE : Parameters.delivery("before", before),
            limit);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("deliveries", found.stream().map(this::told).toList());
    answer.put("next", found.size() < limit ? null : found.getLast().id());
    context.json(answer);
  }

  private Map<String, @Nullable Object> told(MailOutbox.Delivery delivery) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("id", delivery.id());
    told.put("message", delivery.message());
    told.put("recipient", delivery.recipient());
    told.put("week", outbox.reported(delivery).toString());
    told.put("at", delivery.at());
    told.put("attempts", delivery.attempts());
    told.put("nextAt", delivery.nextAt());
    told.put("deadAt", delivery.deadAt());
    told.put("error", delivery.error() == null ? null : error(delivery.error()));
    return told;
  }

  private static String error(String noted) {
    return MailFailure.find(noted).map(failure -> failure.say(Voice.ENGLISH)).orElse(noted);
  }

  private void redeliver(Context context) {
    String id = context.pathParam("id");
    if (!id.matches("\\d{1,18}")) {
      throw new NotFoundException("There is no message " + Parameters.shown(id));
    }
    outbox.redeliver(Long.parseLong(id));
    context.status(202);
  }
}
