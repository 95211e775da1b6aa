/** Agents recorded without a framework. */
@NullMarked
package examples.plainjava;

import org.jspecify.annotations.NullMarked;
