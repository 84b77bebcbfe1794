/**
 * What a case is: {@link io.gapcanary.cases.CaseQuestion} distils what the customer asks, and
 * {@link io.gapcanary.cases.ArticleAddresses} notices which articles an agent's message gives.
 */
@NullMarked
package io.gapcanary.cases;

import org.jspecify.annotations.NullMarked;
