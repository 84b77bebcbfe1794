/** The operator's commands: who may use a desk, what was done, backups, settings. */
@NullMarked
package io.gapcanary.service.operate;

import org.jspecify.annotations.NullMarked;
