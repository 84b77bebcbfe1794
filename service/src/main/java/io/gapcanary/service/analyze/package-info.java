/** The command that replays a history and lists its gaps. */
@NullMarked
package io.gapcanary.service.analyze;

import org.jspecify.annotations.NullMarked;
