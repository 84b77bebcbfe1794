/** The pages that people read in a browser. */
@NullMarked
package io.gapcanary.service.page;

import org.jspecify.annotations.NullMarked;
