package dev.flightlog.stores.clickhouse.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A column of numbers or flags of one, four or eight bytes. */
final class NumberColumn extends BlockColumn {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] NONE = new byte[0];

  private final String type;
  private final int width;
  private final int rows;
  private byte[] nulls = NONE;
  private byte[] values = NONE;

  /**
   * @param type without {@code Nullable}, which it has when it is not required
   */
  NumberColumn(String name, String type, boolean required, int rows) {
    super(name, required);
    this.type = type;
    this.rows = rows;
    this.width =
        switch (type) {
          case "Bool", "UInt8" -> 1;
          case "UInt32" -> 4;
          case "Int64", "UInt64", "Float64" -> 8;
          default -> throw new IllegalArgumentException(type);
        };
    if (required) {
      values = new byte[rows * width];
    }
  }

  /** A whole number, or the bits of another one. */
  void put(int row, long value) {
    if (values.length == 0) {
      values = new byte[rows * width];
      nulls = new byte[rows];
      Arrays.fill(nulls, (byte) 1);
    }
    if (!isRequired()) {
      nulls[row] = 0;
    }
    switch (width) {
      case 8 -> LONGS.set(values, row * 8, value);
      case 4 -> INTS.set(values, row * 4, (int) value);
      default -> values[row] = (byte) value;
    }
  }

  @Override
  boolean isEmpty() {
    return values.length == 0;
  }

  @Override
  String type() {
    return isRequired() ? type : "Nullable(" + type + ")";
  }

  @Override
  long valuesSize() {
    return (long) nulls.length + values.length;
  }

  @Override
  void writeValues(NativeBlock block) {
    block.raw(nulls, nulls.length);
    block.raw(values, values.length);
  }
}
