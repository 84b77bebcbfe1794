package io.gapcanary.service.evaluate;

/**
 * What a floor does on labelled questions.
 *
 * @param floor the floor
 * @param wrongSuggestions of the questions without an article, the share that gets a suggestion
 * @param missed of the questions with one, the share that gets none
 */
record FloorPoint(double floor, double wrongSuggestions, double missed) {}
