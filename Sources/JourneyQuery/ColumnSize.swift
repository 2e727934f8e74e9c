/// What a column of a store takes.
public struct ColumnSize: Hashable, Sendable {
  /// `customers`, `instants`, …, or the property's name.
  public var name: String
  /// Bytes in the file; nil where there is no file.
  public var disk: Int?
  /// Bytes that are decoded at this moment; nil where none are.
  public var memory: Int?

  public init(name: String, disk: Int?, memory: Int?) {
    self.name = name
    self.disk = disk
    self.memory = memory
  }
}
