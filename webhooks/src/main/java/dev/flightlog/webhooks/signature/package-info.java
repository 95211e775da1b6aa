/** Proof that a request comes from who holds the secret, over the bytes as they came. */
@NullMarked
package dev.flightlog.webhooks.signature;

import org.jspecify.annotations.NullMarked;
