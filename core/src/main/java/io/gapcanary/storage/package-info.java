/**
 * The record of a desk in SQLite: the only package that knows SQL.
 *
 * <p>{@link io.gapcanary.storage.Database} hands out a {@link io.gapcanary.storage.Session} for
 * each transaction; a session has one store a subject. Moving to another database means rewriting
 * this package and nothing else.
 */
@NullMarked
package io.gapcanary.storage;

import org.jspecify.annotations.NullMarked;
