/** The command that serves a live desk, and the demonstration's sample desk. */
@NullMarked
package io.gapcanary.service.serve;

import org.jspecify.annotations.NullMarked;
