/** What Spring Boot 3 has in other packages than 4. */
@NullMarked
package dev.flightlog.springbootstarter.boot3;

import org.jspecify.annotations.NullMarked;
