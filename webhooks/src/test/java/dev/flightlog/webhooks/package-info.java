@NullMarked
package dev.flightlog.webhooks;

import org.jspecify.annotations.NullMarked;
