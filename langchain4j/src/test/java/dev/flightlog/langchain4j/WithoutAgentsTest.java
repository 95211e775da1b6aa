package dev.flightlog.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.recorder.FlightRecorder;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that use models and services need not have langchain4j-agentic. */
class WithoutAgentsTest {
  /** Loads this room's classes anew, in a world without agents. */
  private static final class NoAgents extends ClassLoader {
    NoAgents() {
      super(WithoutAgentsTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("dev.langchain4j.agentic.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.flightlog.langchain4j.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? loadAnew(name) : known;
    }

    private Class<?> loadAnew(String name) throws ClassNotFoundException {
      try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void theOtherListenersWorkWithoutTheAgentsLibrary() throws Throwable {
    Class<?> type = new NoAgents().loadClass(FlightlogListeners.class.getName());
    assertThat(type).isNotEqualTo(FlightlogListeners.class);
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    Object listeners =
        lookup
            .findStatic(type, "of", MethodType.methodType(type, FlightRecorder.class))
            .invoke(FlightRecorder.none());
    Object model =
        lookup
            .findVirtual(type, "chatModel", MethodType.methodType(ChatModelListener.class))
            .invoke(listeners);
    assertThat(model).isNotNull();
    Object service =
        lookup.findVirtual(type, "aiService", MethodType.methodType(List.class)).invoke(listeners);
    assertThat((List<?>) service).hasSize(8);
  }
}
