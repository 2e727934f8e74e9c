import SourceText
import TestSupport

@testable import Interchange

extension SeededRandom {
  /// Up to `most` times, as long as there are `least` bytes: changes a byte behind the first `kept`, puts one in, takes one out, or up to
  /// `cut` in a row.
  mutating func damage(
    _ bytes: inout [UInt8], _ most: Int, with signs: [UInt8], keeping kept: Int, cutting cut: Int, atLeast least: Int
  ) {
    for _ in 0..<Int.random(in: 1...most, using: &self) {
      guard bytes.count >= least else { break }
      let place = Int.random(in: kept..<bytes.count, using: &self)
      switch Int.random(in: 0..<4, using: &self) {
      case 0: bytes[place] = signs.randomElement(using: &self) ?? 0
      case 1: bytes.insert(UInt8.random(in: 0...255, using: &self), at: place)
      case 2: bytes.remove(at: place)
      default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...cut, using: &self)))
      }
    }
  }
}

/// What a load of a file of these bytes ends with: the events and the first bad rows, or the error. With several threads each takes
/// `leastSegment` bytes at least.
func outcome(of bytes: [UInt8], threads: Int? = nil, _ leastSegment: Int? = nil) throws -> String {
  var options = LoadOptions(maxBadShare: 1)
  if let threads { options.threads = threads }
  if let leastSegment { options.leastSegment = leastSegment }
  return try withFile(bytes) { path in
    do throws(Diagnostic) {
      let result = try EventFile(path: path).load(options)
      return "\(result.store.lines) \(result.summary.firstBadRows)"
    } catch {
      return error.line
    }
  }
}
