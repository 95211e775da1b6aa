package dev.flightlog.webhooks.provider;

import org.jspecify.annotations.Nullable;

/**
 * Who said it.
 *
 * @param name login, user id or account id; empty when the payload tells none
 * @param association what the provider says of the speaker's place, such as {@code MEMBER} or
 *     {@code guest}; null when it says nothing
 * @param bot true for programs, our own bot included
 */
public record Speaker(String name, @Nullable String association, boolean bot) {}
