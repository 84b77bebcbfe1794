/**
 * Which articles answer this text, how sure is that, and why?
 *
 * <p>The tour: open a {@link io.gapcanary.kb.KnowledgeBase} on a folder, put each {@link
 * io.gapcanary.kb.Article}, and ask it a {@link io.gapcanary.kb.Question}. The answer, {@link
 * io.gapcanary.kb.Matches}, holds a {@link io.gapcanary.kb.Verdict}, the probability that some
 * article answers, and up to ten {@link io.gapcanary.kb.Match}es with their {@link
 * io.gapcanary.kb.Evidence}. What agents link is learned as {@link io.gapcanary.kb.AskedAs}; past
 * questions that nothing answered are remembered and found again as {@link
 * io.gapcanary.kb.Neighbour}s.
 *
 * <p>The index in the folder is derived: it may be deleted at any time, and whoever holds the
 * record puts everything in again. No type of the search library appears in a public signature.
 */
@NullMarked
package io.gapcanary.kb;

import org.jspecify.annotations.NullMarked;
