@NullMarked
package dev.flightlog.server.questions;

import org.jspecify.annotations.NullMarked;
