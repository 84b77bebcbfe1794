/** Tells programs elsewhere what happens to gaps. */
@NullMarked
package io.gapcanary.service.webhook;

import org.jspecify.annotations.NullMarked;
