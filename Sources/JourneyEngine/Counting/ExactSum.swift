/// A sum of finite floating-point numbers that is rounded once, when it is asked for: the same in whichever order they came.
struct ExactSum: Sendable, Codable {
  /// The sum is exactly `high + low`, and `wide` where there is one. Of two numbers that are summed the rounding error is a number
  /// too (Knuth, The Art of Computer Programming, volume 2, 4.2.2); `low` gathers these as long as it can hold them.
  private var high = 0.0
  private var low = 0.0
  private var wide: WideSum?

  /// Beyond this two numbers might add up to more than there are.
  private static let most = 0x1p1000

  mutating func add(_ number: Double) {
    let (sum, error) = Self.sum(high, number)
    let (errors, lost) = Self.sum(low, error)
    guard lost == 0, sum.magnitude < Self.most else { return addWidely([number]) }
    (high, low) = (sum, errors)
  }

  /// - Precondition: as the sum of so many times that number, neither their product nor its last bit is beyond what numbers can say.
  mutating func add(_ number: Double, times: Int) {
    let product = number * Double(times)
    add(product)
    // What was lost in rounding it.
    add((-product).addingProduct(number, Double(times)))
  }

  mutating func add(_ other: ExactSum) {
    guard let wide = other.wide else {
      add(other.high)
      return add(other.low)
    }
    addWidely([other.high, other.low])
    self.wide?.add(wide)
  }

  /// The number nearest to the sum, of two as near the even one; infinite where it is larger than any number.
  var value: Double {
    guard var wide else { return high + low }
    wide.add(high)
    wide.add(low)
    return wide.value
  }

  private mutating func addWidely(_ numbers: [Double]) {
    var sum = wide ?? WideSum()
    for number in numbers { sum.add(number) }
    wide = sum
  }

  /// Their sum, and what it lacks; not a number where there is no such sum.
  private static func sum(_ a: Double, _ b: Double) -> (sum: Double, error: Double) {
    let sum = a + b
    let part = sum - a
    return (sum, (a - (sum - part)) + (b - part))
  }
}

/// A whole number of 2^−1074, of which every finite number is a multiple: room for 2^62 of the largest.
private struct WideSum: Sendable, Codable {
  /// Digits of base 2^32, the least first; each may owe or be owed by the next.
  private var digits = [Int64](repeating: 0, count: 70)
  private var additions = 0

  private static let least = -1074

  mutating func add(_ number: Double) {
    // A normal number has one bit more than are written, and the exponent of the least normal one is 1.
    let bits = number.significandBitPattern | (number.isNormal ? 1 << 52 : 0)
    let place = number.isNormal ? Int(number.exponentBitPattern) - 1 : 0
    let (digit, shift) = place.quotientAndRemainder(dividingBy: 32)
    let whole = UInt128(bits) << UInt128(shift)
    for place in 0..<3 {
      let part = Int64(UInt32(truncatingIfNeeded: whole >> UInt128(32 * place)))
      digits[digit + place] += number < 0 ? -part : part
    }
    additions += 1
    if additions == 1 << 30 { carry() }
  }

  mutating func add(_ other: WideSum) {
    var other = other
    other.carry()
    carry()
    for place in digits.indices { digits[place] += other.digits[place] }
    carry()
  }

  private mutating func carry() {
    additions = 0
    for place in digits.indices.dropLast() {
      digits[place + 1] += digits[place] >> 32
      digits[place] &= 0xFFFF_FFFF
    }
  }

  var value: Double {
    var sum = self
    sum.carry()
    let isNegative = sum.digits[sum.digits.count - 1] < 0
    if isNegative {
      for place in sum.digits.indices { sum.digits[place] = -sum.digits[place] }
      sum.carry()
    }
    guard let top = sum.digits.lastIndex(where: { $0 != 0 }) else { return 0 }
    // The three highest digits hold 65 bits at least, if there are so many; what is below them only breaks a tie.
    var bits = UInt128(0)
    for place in stride(from: top, through: max(0, top - 2), by: -1) { bits = bits << 32 | UInt128(sum.digits[place]) }
    let lowest = max(0, top - 2)
    if sum.digits[..<lowest].contains(where: { $0 != 0 }) { bits |= 1 }
    let magnitude = Self.rounded(bits, exponent: Self.least + 32 * lowest)
    return isNegative ? -magnitude : magnitude
  }

  /// `bits · 2^exponent` to the nearest, of two the even one.
  private static func rounded(_ bits: UInt128, exponent: Int) -> Double {
    let excess = max(0, 128 - bits.leadingZeroBitCount - 53)
    var kept = UInt64(bits >> UInt128(excess))
    if excess > 0 {
      let (rest, half) = (bits & (1 << UInt128(excess) - 1), UInt128(1) << UInt128(excess - 1))
      if rest > half || (rest == half && kept & 1 == 1) { kept += 1 }
    }
    let power = exponent + excess
    guard power + kept.bitWidth - kept.leadingZeroBitCount <= 1024 else { return .infinity }
    return Double(sign: .plus, exponent: power, significand: Double(kept))
  }
}
