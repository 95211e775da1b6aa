@NullMarked
package dev.flightlog.webhooks.response;

import org.jspecify.annotations.NullMarked;
