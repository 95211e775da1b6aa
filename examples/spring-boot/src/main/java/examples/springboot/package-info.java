/** Annotated beans of a Spring Boot application, recorded. */
@NullMarked
package examples.springboot;

import org.jspecify.annotations.NullMarked;
