/** What Spring Boot 4 has in other packages than 3. */
@NullMarked
package dev.flightlog.springbootstarter.boot4;

import org.jspecify.annotations.NullMarked;
