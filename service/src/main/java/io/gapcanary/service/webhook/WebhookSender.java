package io.gapcanary.service.webhook;

import io.gapcanary.Desk;
import io.gapcanary.Webhook;
import io.gapcanary.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what {@link Webhooks} holds. Thread-safe.
 *
 * <p>Each receiver is told one thing after the other on a virtual thread of its own, so that one
 * that hangs holds up nobody else. An attempt succeeds by an answer of 2xx within {@link
 * WebhookSettings#timeout}; redirects are not followed. {@link Backoff} says when the next follows.
 */
public final class WebhookSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
  private static final Duration LOOKS_EVERY = Duration.ofMillis(500);
  private static final int AT_ONCE = 50;

  private final Desk desk;
  private final WebhookSettings settings;
  private final Backoff backoff;
  private final InstantSource clock;
  private final HttpClient client = new HttpClient();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("webhooks").factory());
  private volatile boolean closed;

  /** Delivers nothing until {@link #start}. */
  public WebhookSender(Desk desk, WebhookSettings settings, InstantSource clock) {
    this.desk = desk;
    this.settings = settings;
    this.backoff = new Backoff(settings.attempts());
    this.clock = clock;
    QueuedThreadPool threads = new QueuedThreadPool(16, 2);
    threads.setName("webhook-client");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setFollowRedirects(false);
    client.setConnectTimeout(settings.timeout().toMillis());
    client.setUserAgentField(null);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setSocketAddressResolver(
        new SafeAddresses(
            settings.toThisComputer(), VirtualThreads.getDefaultVirtualThreadsExecutor()));
  }

  /** Begins to deliver. */
  public void start() {
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("Webhooks cannot be delivered", e);
    }
    Future<?> unused =
        looking.scheduleWithFixedDelay(
            this::look, 0, LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      for (Webhook webhook : desk.webhooks().withDue(clock.instant())) {
        if (busy.add(webhook.id())) {
          Thread.ofVirtual().name("webhook-" + webhook.id()).start(() -> tell(webhook));
        }
      }
    } catch (RuntimeException e) {
      LOG.error("Webhooks could not be looked for", e);
    }
  }

  private void tell(Webhook webhook) {
    try {
      while (!closed) {
        List<Webhook.Delivery> due = desk.webhooks().due(webhook.id(), clock.instant(), AT_ONCE);
        if (due.isEmpty()) {
          return;
        }
        for (Webhook.Delivery delivery : due) {
          attempt(delivery);
          if (closed) {
            return;
          }
        }
      }
    } catch (RuntimeException e) {
      LOG.error("Webhook {} could not be told", webhook.id(), e);
    } finally {
      busy.remove(webhook.id());
    }
  }

  private void attempt(Webhook.Delivery delivery) {
    // Asked again for each: somebody may have changed it since.
    Webhook webhook = desk.webhooks().find(delivery.webhook()).orElse(null);
    byte[] key = webhook == null ? null : desk.webhooks().key(webhook).orElse(null);
    if (webhook == null || key == null || !webhook.enabled()) {
      return;
    }
    String error = send(webhook, delivery, key);
    if (error == null) {
      delivered.increment();
      desk.webhooks().delivered(delivery);
    } else if (!closed) {
      failed.increment();
      Instant now = clock.instant();
      Instant next = backoff.next(delivery.attempts() + 1, now);
      LOG.warn(
          "Webhook {} could not be told {}: {}{}",
          webhook.id(),
          delivery.message(),
          error,
          next == null ? "; it is given up" : "");
      desk.webhooks().failed(delivery, error, now, next);
    }
  }

  /** What went wrong, in a sentence; {@code null} when it was delivered. */
  private @Nullable String send(Webhook webhook, Webhook.Delivery delivery, byte[] key) {
    byte[] body = WebhookBody.of(delivery, desk);
    Instant now = clock.instant();
    CompletableFuture<Result> done = new CompletableFuture<>();
    long millis = settings.timeout().toMillis();
    client
        .newRequest(webhook.url())
        .method(HttpMethod.POST)
        .headers(
            headers ->
                headers
                    .put("webhook-id", delivery.message())
                    .put("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                    .put("webhook-signature", Signature.of(key, delivery.message(), now, body))
                    .put("User-Agent", "Gapcanary"))
        .body(new BytesRequestContent("application/json", body))
        .timeout(millis, TimeUnit.MILLISECONDS)
        .send(done::complete);
    try {
      return outcome(done.get(2 * millis, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "Stopped";
    } catch (ExecutionException | TimeoutException e) {
      return "No answer within " + settings.timeout().toMillis() + " ms";
    }
  }

  private @Nullable String outcome(Result result) {
    Throwable failure = result.getFailure();
    if (failure instanceof TimeoutException) {
      return "No answer within " + settings.timeout().toMillis() + " ms";
    }
    if (failure instanceof SafeAddresses.RefusedAddressException) {
      return String.valueOf(failure.getMessage());
    }
    if (failure != null) {
      return "It cannot be reached: " + failure.getClass().getSimpleName();
    }
    int status = result.getResponse().getStatus();
    return status / 100 == 2 ? null : "It answered " + status;
  }

  /** How many were delivered since the start. */
  public long delivered() {
    return delivered.sum();
  }

  /** How many attempts were in vain since the start. */
  public long failed() {
    return failed.sum();
  }

  /** Ends; what was not delivered waits for the next start. */
  @Override
  public void close() {
    closed = true;
    looking.shutdownNow();
    try {
      client.stop();
    } catch (Exception e) {
      LOG.warn("The client of webhooks could not be stopped", e);
    }
  }
}
