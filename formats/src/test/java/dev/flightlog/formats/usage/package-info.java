@org.jspecify.annotations.NullMarked
package dev.flightlog.formats.usage;
