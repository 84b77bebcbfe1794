/**
 * What every command needs: files in and out, the desk's folder, settings, progress and clear
 * failures.
 */
@NullMarked
package io.gapcanary.service.command;

import org.jspecify.annotations.NullMarked;
