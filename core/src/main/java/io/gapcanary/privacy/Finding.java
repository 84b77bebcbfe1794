package io.gapcanary.privacy;

/**
 * Personal data in a text.
 *
 * @param start where it begins
 * @param end where it has ended
 */
record Finding(PersonalData kind, int start, int end) {}
