/**
 * Webhooks: from a request that a provider sends to a task in the queue. {@link
 * dev.flightlog.tasks.webhook.Intake} judges and keeps, {@link
 * dev.flightlog.tasks.webhook.Deliveries} is what it keeps them in, {@link
 * dev.flightlog.tasks.webhook.Handling} does the rest, as often as a crash makes necessary.
 */
@NullMarked
package dev.flightlog.tasks.webhook;

import org.jspecify.annotations.NullMarked;
