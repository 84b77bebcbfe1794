/** Files that come into a desk that is in use: articles and past cases, with progress. */
@NullMarked
package io.gapcanary.service.imports;

import org.jspecify.annotations.NullMarked;
