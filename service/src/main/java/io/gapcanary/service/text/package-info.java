/** Texts for people, in Korean and in English. */
@NullMarked
package io.gapcanary.service.text;

import org.jspecify.annotations.NullMarked;
