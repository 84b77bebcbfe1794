/**
 * Cases that look like a machine's doing: {@link io.gapcanary.flood.FloodGuard} sets aside those
 * whose question too many others asked in the same words within minutes, by their {@link
 * io.gapcanary.flood.Fingerprint}.
 */
@NullMarked
package io.gapcanary.flood;

import org.jspecify.annotations.NullMarked;
