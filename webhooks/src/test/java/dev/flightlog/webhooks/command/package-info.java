@NullMarked
package dev.flightlog.webhooks.command;

import org.jspecify.annotations.NullMarked;
