/** HTML that cannot be broken by what it shows: tags, attributes and links are closed types. */
@NullMarked
package dev.flightlog.dashboard.html;

import org.jspecify.annotations.NullMarked;
