/** Listeners that record what LangChain4j's models, AI services and agents do. */
@NullMarked
package dev.flightlog.langchain4j;

import org.jspecify.annotations.NullMarked;
