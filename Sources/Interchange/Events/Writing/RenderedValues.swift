/// Values by code, each as it is written: escaped or quoted once, however often it occurs.
struct RenderedValues: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]

  /// - Parameter render: writes one value.
  init(_ values: [String], _ render: (inout CellWriter, String) -> Void) {
    var writer = CellWriter()
    ends.reserveCapacity(values.count + 1)
    for value in values {
      render(&writer, value)
      ends.append(writer.bytes.count)
    }
    bytes = writer.bytes
  }

  subscript(code: Int) -> ArraySlice<UInt8> { bytes[ends[code]..<ends[code + 1]] }
}
