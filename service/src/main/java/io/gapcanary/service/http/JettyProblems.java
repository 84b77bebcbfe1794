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
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() >= 400 ? response.getStatus() : HttpStatus.BAD_REQUEST_400;
    response.setStatus(status);
    Problem problem =
        new Problem(
            Problem.Kind.of(status),
            "The request cannot be read: " + HttpStatus.getMessage(status),
            String.valueOf(request.getHttpURI().getPath()));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    Content.Sink.write(response, true, DeskJson.line(problem.members(status)), callback);
    return true;
  }
}
