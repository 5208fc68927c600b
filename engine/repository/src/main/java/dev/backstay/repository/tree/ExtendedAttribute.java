package dev.backstay.repository.tree;

import java.util.Arrays;

/// One extended attribute of a file: ACLs, SELinux labels and capabilities are such.
public final class ExtendedAttribute {

  private final String name;
  private final byte[] value;

  /// @param value taken over, not copied
  public ExtendedAttribute(String name, byte[] value) {
    this.name = name;
    this.value = value;
  }

  /// With its namespace: `user.note`.
  public String name() {
    return name;
  }

  /// A copy.
  public byte[] value() {
    return value.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExtendedAttribute attribute
        && name.equals(attribute.name)
        && Arrays.equals(value, attribute.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return name + " (" + value.length + " bytes)";
  }
}
