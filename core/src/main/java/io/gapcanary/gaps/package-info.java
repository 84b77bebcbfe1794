/**
 * What the knowledge base does not do.
 *
 * <p>{@link io.gapcanary.gaps.GapRules} hears of each closed case and lets one class a kind decide:
 * missing, incomplete, unfindable, and those that name an article for somebody else (superseded,
 * untranslated). {@link io.gapcanary.gaps.Grouping} finds the gap that a question belongs to,
 * {@link io.gapcanary.gaps.ImpactFormula} what a gap costs, {@link io.gapcanary.gaps.Replay}
 * whether it is fixed.
 */
@NullMarked
package io.gapcanary.gaps;

import org.jspecify.annotations.NullMarked;
