package dev.flightlog.stores.testserver;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The process of one node: ClickHouse's own handlers of HTTP and TCP, out of its library. Ends with
 * its standard input, so that a test that dies takes its nodes with it.
 */
@SuppressWarnings("restricted")
public final class ServerProcess {
  /** The first statement opens the ports; the second waits for the end of the standard input. */
  private static final String LISTEN =
      "SYSTEM START LISTEN QUERIES ALL;"
          + " SELECT count() FROM file('-', 'LineAsString', 'line String') FORMAT Null";

  private static final int MOST_TEXT = 1 << 16;

  private ServerProcess() {}

  /**
   * @param args the library, the file of the configuration
   */
  public static void main(String[] args) throws Throwable {
    StandardInput.becomeTerminal(() -> Runtime.getRuntime().halt(0));
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = SymbolLookup.libraryLookup(Path.of(args[0]), Arena.global());
    // The virtual machine handles its own signals.
    linker
        .downcallHandle(
            library.findOrThrow("chdb_set_signal_handlers_enabled"),
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
        .invoke(0);
    MethodHandle run =
        linker.downcallHandle(
            library.findOrThrow("chdb_query_cmdline"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    MethodHandle error =
        linker.downcallHandle(
            library.findOrThrow("chdb_result_error"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    String[] words = {
      "clickhouse",
      "--config-file",
      args[1],
      "--interactive",
      "--progress",
      "off",
      "--query",
      LISTEN
    };
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment all = arena.allocate(ValueLayout.ADDRESS, words.length + 1);
      for (int i = 0; i < words.length; i++) {
        all.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(words[i]));
      }
      all.setAtIndex(ValueLayout.ADDRESS, words.length, MemorySegment.NULL);
      MemorySegment result = (MemorySegment) run.invoke(words.length, all);
      MemorySegment text = (MemorySegment) error.invoke(result);
      if (text.address() != 0) {
        throw new IllegalStateException(text.reinterpret(MOST_TEXT).getString(0));
      }
    }
  }
}
