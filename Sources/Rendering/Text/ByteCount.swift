/// A size as people write it: `512MB`, `4GB`, `1.5 GB`; a kilobyte is 1024 bytes.
package struct ByteCount: CustomStringConvertible {
  package let bytes: Int

  private static let units: [(name: String, bytes: Double)] = [
    ("TB", 0x1p40), ("GB", 0x1p30), ("MB", 0x1p20), ("KB", 0x1p10), ("B", 1),
  ]

  package init(bytes: Int) { self.bytes = bytes }

  /// Nil for what is no size, or none that can be.
  package init?(_ text: String) {
    let text = text.uppercased()
    guard let unit = Self.units.first(where: { text.hasSuffix($0.name) }),
      let number = Double(text.dropLast(unit.name.count).filter { $0 != " " }), number >= 0
    else { return nil }
    let size = number * unit.bytes
    guard size < 0x1p60 else { return nil }
    bytes = Int(size)
  }

  /// In the largest unit of which there is one at least, with a decimal where there are few.
  package var description: String {
    let unit = Self.units.first { Double(bytes) >= $0.bytes } ?? ("B", 1)
    let number = Double(bytes) / unit.bytes
    let tenths = (number * 10).rounded() / 10
    return tenths < 10 && tenths != tenths.rounded()
      ? "\(tenths) \(unit.name)" : "\(Int(number.rounded())) \(unit.name)"
  }
}
