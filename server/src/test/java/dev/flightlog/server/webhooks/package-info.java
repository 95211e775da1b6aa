@NullMarked
package dev.flightlog.server.webhooks;

import org.jspecify.annotations.NullMarked;
