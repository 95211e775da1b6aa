package dev.flightlog.recorder.agents;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a class beside an interface, whose methods each call one method handle and nothing else.
 * What a handle throws passes through it, whatever the interface declares; Java's own proxies wrap
 * it. Not for interfaces of packages that are closed to us, nor in native images.
 */
final class RecordingClass {
  /** One method of the interface. */
  record Member(String name, MethodHandle handle) {}

  private static final String HANDLE = "Ljava/lang/invoke/MethodHandle;";
  private static final String SUPER = RecordedAgent.class.getName().replace('.', '/');
  private static final String SUPER_INIT =
      "(L" + InstrumentedAgent.class.getName().replace('.', '/') + ";)V";
  private static final String INIT = SUPER_INIT.replace(")V", "[" + HANDLE + ")V");
  private static final int JAVA_17 = 61;
  private static final int PUBLIC_FINAL = 0x0011;
  private static final int PUBLIC = 0x0001;
  private static final int PRIVATE = 0x0002;

  private final Map<String, Integer> constants = new LinkedHashMap<>();
  private final ByteArrayOutputStream pool = new ByteArrayOutputStream();
  private final DataOutputStream poolOut = new DataOutputStream(pool);
  private final String name;

  private RecordingClass(Class<?> type) {
    name = type.getName().replace('.', '/') + "$Recorded";
  }

  /**
   * An object of a new class.
   *
   * @throws ReflectiveOperationException where none can be made, as for linkage errors
   */
  static Object make(Class<?> type, InstrumentedAgent instrumented, List<Member> members)
      throws ReflectiveOperationException, IOException {
    byte[] bytes = new RecordingClass(type).bytes(type, members);
    MethodHandles.Lookup made =
        MethodHandles.privateLookupIn(type, MethodHandles.lookup()).defineHiddenClass(bytes, true);
    MethodHandle constructor =
        made.findConstructor(
            made.lookupClass(),
            MethodType.methodType(void.class, InstrumentedAgent.class, MethodHandle[].class));
    try {
      return constructor.invoke(
          instrumented, members.stream().map(Member::handle).toArray(MethodHandle[]::new));
    } catch (Throwable e) {
      throw new ReflectiveOperationException(e);
    }
  }

  private byte[] bytes(Class<?> type, List<Member> members) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeShort(PUBLIC_FINAL | 0x1000 /* synthetic */ | 0x0020 /* super */);
    out.writeShort(type(name));
    out.writeShort(type(SUPER));
    out.writeShort(1);
    out.writeShort(type(type.getName().replace('.', '/')));
    out.writeShort(members.size());
    for (int i = 0; i < members.size(); i++) {
      out.writeShort(PRIVATE | 0x0010 /* final */);
      out.writeShort(text("m" + i));
      out.writeShort(text(HANDLE));
      out.writeShort(0);
    }
    out.writeShort(members.size() + 1);
    method(out, "<init>", INIT, 3, 3, constructor(members.size()));
    for (int i = 0; i < members.size(); i++) {
      MethodType signature = members.get(i).handle.type();
      int slots = 1;
      for (Class<?> parameter : signature.parameterList()) {
        slots += slots(parameter);
      }
      String descriptor = signature.toMethodDescriptorString();
      int most = Math.max(slots, 2);
      method(out, members.get(i).name, descriptor, most, slots, call(i, signature));
    }
    out.writeShort(0);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream all = new DataOutputStream(file);
    all.writeInt(0xCAFEBABE);
    all.writeInt(JAVA_17);
    all.writeShort(constants.size() + 1);
    pool.writeTo(all);
    body.writeTo(all);
    return file.toByteArray();
  }

  private void method(
      DataOutputStream out, String method, String descriptor, int stack, int locals, byte[] code)
      throws IOException {
    out.writeShort(PUBLIC);
    out.writeShort(text(method));
    out.writeShort(text(descriptor));
    out.writeShort(1);
    out.writeShort(text("Code"));
    out.writeInt(12 + code.length);
    out.writeShort(stack);
    out.writeShort(locals);
    out.writeInt(code.length);
    out.write(code);
    out.writeInt(0); // no handlers, no attributes
  }

  private byte[] constructor(int members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream code = new DataOutputStream(bytes);
    code.write(new byte[] {0x2a, 0x2b}); // aload_0, aload_1
    instruction(code, 0xb7, member(10, SUPER, "<init>", SUPER_INIT)); // invokespecial
    for (int i = 0; i < members; i++) {
      code.write(new byte[] {0x2a, 0x2c}); // aload_0, aload_2
      instruction(code, 0x11, i); // sipush
      code.write(0x32); // aaload
      instruction(code, 0xb5, member(9, name, "m" + i, HANDLE)); // putfield
    }
    code.write(0xb1); // return
    return bytes.toByteArray();
  }

  private byte[] call(int index, MethodType signature) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream code = new DataOutputStream(bytes);
    code.write(0x2a); // aload_0
    instruction(code, 0xb4, member(9, name, "m" + index, HANDLE)); // getfield
    int slot = 1;
    for (Class<?> parameter : signature.parameterList()) {
      code.write(0xc4); // wide
      instruction(code, 0x15 + kind(parameter), slot); // a load of its kind
      slot += slots(parameter);
    }
    String handle = HANDLE.substring(1, HANDLE.length() - 1);
    String descriptor = signature.toMethodDescriptorString();
    instruction(code, 0xb6, member(10, handle, "invokeExact", descriptor)); // invokevirtual
    boolean nothing = signature.returnType() == void.class;
    code.write(nothing ? 0xb1 : 0xac + kind(signature.returnType())); // a return of its kind
    return bytes.toByteArray();
  }

  private static void instruction(DataOutputStream code, int operation, int operand)
      throws IOException {
    code.write(operation);
    code.writeShort(operand);
  }

  /** How loads and returns are numbered: int, long, float, double, reference. */
  private static int kind(Class<?> type) {
    if (!type.isPrimitive()) {
      return 4;
    }
    List<Class<?>> wide = List.of(long.class, float.class, double.class);
    return wide.indexOf(type) + 1;
  }

  private static int slots(Class<?> type) {
    return type == long.class || type == double.class ? 2 : 1;
  }

  private int text(String text) throws IOException {
    return constant(
        "text " + text,
        out -> {
          out.write(1);
          out.writeUTF(text);
        });
  }

  private int type(String type) throws IOException {
    int text = text(type);
    return constant(
        "type " + type,
        out -> {
          out.write(7);
          out.writeShort(text);
        });
  }

  /** A field (9) or a method (10). */
  private int member(int tag, String owner, String member, String descriptor) throws IOException {
    int type = type(owner);
    int memberText = text(member);
    int descriptorText = text(descriptor);
    int both =
        constant(
            "both " + member + ' ' + descriptor,
            out -> {
              out.write(12);
              out.writeShort(memberText);
              out.writeShort(descriptorText);
            });
    return constant(
        tag + owner + ' ' + member + ' ' + descriptor,
        out -> {
          out.write(tag);
          out.writeShort(type);
          out.writeShort(both);
        });
  }

  private interface Entry {
    void to(DataOutputStream out) throws IOException;
  }

  private int constant(String key, Entry entry) throws IOException {
    Integer known = constants.get(key);
    if (known == null) {
      entry.to(poolOut);
      known = constants.size() + 1;
      constants.put(key, known);
    }
    return known;
  }
}
