/**
 * Webhooks: from a request that a provider sends to a task in the queue. {@link
 * dev.flightlog.webhooks.DeliveryIntake} judges and keeps, {@link
 * dev.flightlog.webhooks.Deliveries} is what it keeps them in, {@link
 * dev.flightlog.webhooks.DeliveryHandling} does the rest, as often as a crash makes necessary.
 */
@NullMarked
package dev.flightlog.webhooks;

import org.jspecify.annotations.NullMarked;
