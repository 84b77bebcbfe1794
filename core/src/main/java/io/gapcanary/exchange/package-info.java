/**
 * The import and export formats: files of one JSON object a line, and the JSON of everything that a
 * desk tells.
 *
 * <p>{@link io.gapcanary.exchange.JsonLines} reads a file line by line and never fails because of
 * one: each is an {@link io.gapcanary.exchange.Line.Accepted} or a {@link
 * io.gapcanary.exchange.Line.Rejected} with its number and a reason. {@link
 * io.gapcanary.exchange.History} lets cases happen again in time order. {@link
 * io.gapcanary.exchange.DeskJson} is the one place that knows how outcomes, gaps and totals are
 * named in JSON.
 */
@NullMarked
package io.gapcanary.exchange;

import org.jspecify.annotations.NullMarked;
