@NullMarked
package dev.flightlog.tasks.webhook.response;

import org.jspecify.annotations.NullMarked;
