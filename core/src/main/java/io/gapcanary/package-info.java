/**
 * What is happening in live cases, and what is missing?
 *
 * <p>The tour: open a {@link io.gapcanary.Desk} on a folder and give it the company's {@link
 * io.gapcanary.Articles}. Through {@link io.gapcanary.AgentAssist} it hears what customers and
 * agents write and answers with {@link io.gapcanary.Suggestions}; a closed case has an {@link
 * io.gapcanary.Outcome}. What the articles do not do stands on the {@link io.gapcanary.GapBoard},
 * as {@link io.gapcanary.Gap}s ranked by {@link io.gapcanary.Impact}. {@link io.gapcanary.Totals}
 * sum the desk up.
 *
 * <p>These types are the promise to callers. The packages beneath hold the rules, one feature each,
 * and may change: {@code cases} (what a case asks), {@code suggest}, {@code repeat} (who came
 * back), {@code gaps}, {@code privacy} (masking, identities), {@code storage} (the only place that
 * knows SQL). {@code exchange} is the import and export format, and public too.
 */
@NullMarked
package io.gapcanary;

import org.jspecify.annotations.NullMarked;
