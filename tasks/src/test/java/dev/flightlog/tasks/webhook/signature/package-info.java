@NullMarked
package dev.flightlog.tasks.webhook.signature;

import org.jspecify.annotations.NullMarked;
