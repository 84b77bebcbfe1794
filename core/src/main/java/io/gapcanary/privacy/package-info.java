/**
 * Keeps personal data out: {@link io.gapcanary.privacy.Masking} takes it from texts before anything
 * is stored, logged, embedded or indexed, and {@link io.gapcanary.privacy.IdentityHash} lets a
 * customer be recognised without being known.
 */
@NullMarked
package io.gapcanary.privacy;

import org.jspecify.annotations.NullMarked;
