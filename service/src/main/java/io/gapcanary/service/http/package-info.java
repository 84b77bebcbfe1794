/** The HTTP API: routes, problems, events, health and metrics. */
@NullMarked
package io.gapcanary.service.http;

import org.jspecify.annotations.NullMarked;
