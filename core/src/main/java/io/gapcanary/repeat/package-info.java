/**
 * Who came back: {@link io.gapcanary.repeat.RepeatContacts} tells whether a case returns to an
 * earlier one of the same customer, and {@link io.gapcanary.repeat.SameSubject} how probable it is
 * that two cases are about the same thing.
 */
@NullMarked
package io.gapcanary.repeat;

import org.jspecify.annotations.NullMarked;
