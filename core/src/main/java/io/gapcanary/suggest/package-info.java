/**
 * What an agent sees: {@link io.gapcanary.suggest.Suggesting} turns a question's matches into
 * suggestions with reasons and warnings, in the customer's language.
 */
@NullMarked
package io.gapcanary.suggest;

import org.jspecify.annotations.NullMarked;
