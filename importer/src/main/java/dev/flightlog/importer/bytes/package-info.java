/**
 * What a file holds before anybody reads it: its bytes, decompressed and recoded, its lines, its
 * identity and its format. Not exported.
 */
@NullMarked
package dev.flightlog.importer.bytes;

import org.jspecify.annotations.NullMarked;
