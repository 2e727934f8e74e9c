/// Doubles of the rows that have one: which rows, then the values of these alone, in the form of the least room.
///
/// The bitmap of rows; then a byte:
///
/// - 0, plain: each as 8 bytes.
/// - 1, scaled: a number of decimals d (u8) and the least value (i64), then value · 10^d less the least as `IntegerCoding`,
///   where every value is the double nearest to its decimal.
/// - 2, dictionary: the number of distinct values (u64), each as 8 bytes, then codes as `IntegerCoding`.
enum NumberCoding {
  private static let powers: [Double] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

  // MARK: Writing

  /// - Parameter numbers: those of the rows that have one.
  static func write(_ numbers: [Double], to target: inout [UInt8]) {
    if let (decimals, whole) = scaled(numbers) {
      let least = whole.min() ?? 0
      target.append(1)
      target.append(UInt8(decimals))
      target.append(word: least)
      let codes = whole.map { UInt64(bitPattern: $0 &- least) }
      IntegerCoding.write(codes[...], to: &target)
      return
    }
    if let (values, codes) = dictionary(numbers) {
      target.append(2)
      target.append(word: values.count)
      for value in values { target.append(word: value) }
      IntegerCoding.write(codes[...], to: &target)
      return
    }
    target.append(0)
    for number in numbers { target.append(word: number.bitPattern) }
  }

  /// The numbers times a power of ten, where this gives integers from which division gives the same numbers again.
  private static func scaled(_ numbers: [Double]) -> (decimals: Int, whole: [Int64])? {
    var first = 0
    search: for (decimals, power) in powers.enumerated() where decimals >= first {
      var whole: [Int64] = []
      whole.reserveCapacity(numbers.count)
      for number in numbers {
        let product = (number * power).rounded()
        guard product.magnitude <= 0x1p53 else { return nil }
        guard (Double(Int64(product)) / power).bitPattern == number.bitPattern else {
          first = decimals + 1
          continue search
        }
        whole.append(Int64(product))
      }
      return (decimals, whole)
    }
    return nil
  }

  /// Nil unless the numbers repeat themselves.
  private static func dictionary(_ numbers: [Double]) -> (values: [UInt64], codes: [UInt32])? {
    var (codeOf, values, codes): ([UInt64: UInt32], [UInt64], [UInt32]) = ([:], [], [])
    codes.reserveCapacity(numbers.count)
    for (index, number) in numbers.enumerated() {
      let bits = number.bitPattern
      let code = codeOf[bits, default: UInt32(values.count)]
      if code == values.count {
        codeOf[bits] = code
        values.append(bits)
        // Given up early where most are new.
        if values.count > 1024, values.count > index / 4 { return nil }
      }
      codes.append(code)
    }
    return values.count <= numbers.count / 4 ? (values, codes) : nil
  }

  // MARK: Reading

  /// Exactly `count`, at most those of a part; nil where the bytes are not as they should be.
  static func read(_ reader: inout ByteReader, count: Int) -> [Double]? {
    switch reader.byte() {
    case 0:
      guard count <= reader.left / 8 else { return nil }
      return (0..<count).compactMap { _ in reader.word().map { Double(bitPattern: $0) } }
    case 1:
      guard let decimals = reader.byte().map(Int.init), decimals < powers.count,
        let least = reader.word().map({ Int64(bitPattern: $0) }),
        let codes: [UInt64] = IntegerCoding.read(&reader, count: count)
      else { return nil }
      return codes.map { Double(least &+ Int64(bitPattern: $0)) / powers[decimals] }
    case 2:
      guard let size = reader.count(atMost: reader.left / 8) else { return nil }
      let values = (0..<size).compactMap { _ in reader.word().map { Double(bitPattern: $0) } }
      guard let codes: [UInt32] = IntegerCoding.read(&reader, count: count), codes.allSatisfy({ $0 < values.count })
      else { return nil }
      return codes.map { values[Int($0)] }
    default: return nil
    }
  }
}
