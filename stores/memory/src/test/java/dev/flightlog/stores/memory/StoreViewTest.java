package dev.flightlog.stores.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.view.StoreView;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StoreViewTest {
  /** A method that the seam gets later must not be answered by its default instead of the store. */
  @Test
  void everyCallGoesToTheStoreBehindIt() {
    for (Method method : EventStore.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      assertThat(StoreView.class.getDeclaredMethods())
          .as("StoreView hands on %s", method)
          .anyMatch(own ->
              own.getName().equals(method.getName())
                  && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
  }
}
