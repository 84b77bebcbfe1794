package io.gapcanary.service.http;

import io.gapcanary.exchange.DeskJson;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problems of requests that never reach a route: what the server itself cannot read. */
public final class JettyProblems extends ErrorHandler {
  private static final String UNREAD = "/badMessage";

  /** The most bytes that the address and the headers of a request may have together. */
  public static final int MOST_HEADERS = 8 << 10;

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() >= 400 ? response.getStatus() : HttpStatus.BAD_REQUEST_400;
    response.setStatus(status);
    Problem.Kind kind = Problem.Kind.of(status);
    Problem problem = new Problem(kind, detail(kind, status), path(request));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    Content.Sink.write(response, true, DeskJson.line(problem.members(status)), callback);
    return true;
  }

  /** Of what it could not read, the server makes up an address. */
  private static String path(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null || path.equals(UNREAD) ? "/" : path;
  }

  private static String detail(Problem.Kind kind, int status) {
    return switch (kind) {
      case URI_TOO_LONG, HEADERS_TOO_LARGE ->
          "The address and the headers may have "
              + (MOST_HEADERS >> 10)
              + " KB together: shorten the parameters of the query, or send what is long in a body";
      default -> "The request cannot be read: " + HttpStatus.getMessage(status);
    };
  }
}
