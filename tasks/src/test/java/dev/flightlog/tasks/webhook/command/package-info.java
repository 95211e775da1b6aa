@NullMarked
package dev.flightlog.tasks.webhook.command;

import org.jspecify.annotations.NullMarked;
