/** The command that measures matching on labelled questions. */
@NullMarked
package io.gapcanary.service.evaluate;

import org.jspecify.annotations.NullMarked;
