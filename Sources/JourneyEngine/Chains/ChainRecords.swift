/// The chains to report of many journeys, one a customer at most. Steps are filled from the first on, none is left out.
///
/// All lie in one array, a record of `stride` numbers each, so that a loop writes to one place.
struct ChainRecords: Sendable {
  let steps: Int
  private(set) var count = 0
  private var numbers: [Int32] = []

  /// A record: the customer's index in the bucket, the depth (with `unfinished` added), the row of each step in the bucket.
  var stride: Int { steps + 2 }
  private static var unfinished: Int32 { 256 }

  init(steps: Int) { self.steps = steps }

  /// Calls `body` with room for the records of so many chains and has it return how many it wrote, with `write`.
  mutating func fill(upTo room: Int, _ body: (inout MutableSpan<Int32>) -> Int) {
    // One more, to be written in any case.
    let size = (room + 1) * stride
    if numbers.count < size { numbers = Array(repeating: 0, count: size) }
    var span = numbers.mutableSpan
    count = body(&span)
  }

  /// Writes record `index` all but its rows, which stand from `index * stride + 2` on.
  @inline(__always)
  static func write(
    _ index: Int, _ stride: Int, customer: Int32, depth: Int, isUnfinished: Bool, to numbers: inout MutableSpan<Int32>
  ) {
    numbers[index &* stride] = customer
    numbers[index &* stride &+ 1] = Int32(truncatingIfNeeded: depth) | (isUnfinished ? unfinished : 0)
  }

  /// Notes that a chain is not unfinished after all.
  mutating func finish(_ index: Int) { numbers[index &* stride &+ 1] &= ~Self.unfinished }

  // Indices are below `count`, and steps below `steps`.
  @inline(__always) func customer(_ index: Int) -> Int { Int(numbers[index &* stride]) }
  /// Steps filled, at least 1.
  @inline(__always) func depth(_ index: Int) -> Int { Int(numbers[index &* stride &+ 1] & 255) }
  /// As in `FunnelUnit`.
  @inline(__always) func isUnfinished(_ index: Int) -> Bool { numbers[index &* stride &+ 1] & Self.unfinished != 0 }
  /// Of no meaning from the depth on.
  @inline(__always) func row(_ index: Int, _ step: Int) -> Int { Int(numbers[index &* stride &+ 2 &+ step]) }
}
