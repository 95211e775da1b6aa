/** An AI service and agents of LangChain4j, recorded. */
@NullMarked
package examples.langchain4j;

import org.jspecify.annotations.NullMarked;
