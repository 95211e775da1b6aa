/** Models and tools of Spring AI, recorded. */
@NullMarked
package examples.springai;

import org.jspecify.annotations.NullMarked;
