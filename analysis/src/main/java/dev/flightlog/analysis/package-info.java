/**
 * Questions with budgets. {@link dev.flightlog.analysis.Questions} is the catalogue: each question
 * is defined once, and commands, routes, tools and the guide are derived from it. {@link
 * dev.flightlog.analysis.Answerer} asks a store and fits the answer into its budget of tokens.
 *
 * <p>An answer is made in three steps: an {@link dev.flightlog.analysis.ask.Inquiry} asks the store
 * and puts the most valuable row first; a {@code Page} takes as many rows as the budget holds and
 * says what it left out; the {@link dev.flightlog.analysis.Answer} carries text, JSON and CSV of
 * the same rows.
 */
@NullMarked
package dev.flightlog.analysis;

import org.jspecify.annotations.NullMarked;
