/** Which tasks wait for an agent, and who works on which: one seam, two queues behind it. */
@NullMarked
package dev.flightlog.tasks.queue;

import org.jspecify.annotations.NullMarked;
