package io.gapcanary.kb;

import java.util.List;
import java.util.Map;

/**
 * What was measured for a question.
 *
 * @param asked its text as the index sees it
 * @param candidates the articles that may answer, in no order
 * @param past what came of its likes
 * @param dismissed what agents dismissed for much the same questions, by article
 */
record Measured(
    AskedText asked,
    List<Candidate> candidates,
    PastQuestions past,
    Map<String, Dismissals> dismissed) {}
