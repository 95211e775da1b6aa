@NullMarked
package dev.flightlog.webhooks.signature;

import org.jspecify.annotations.NullMarked;
