import EventStore
import JourneyQuery

/// The names one thread found.
struct LastNamesTally: Sendable {
  private let namer: EventNamer
  /// Microseconds.
  private let within: Int64
  /// By number of a moment: that of its name.
  private(set) var found: [(moment: Int, name: Int32)] = []
  private var names: [Int32] = []
  private var truths: [UInt8] = []
  /// By row that was named: the last one up to it that has a name, perhaps of another customer; −1 for none.
  private var last: [Int32] = []

  init(_ query: LastNamesQuery, _ namer: EventNamer) {
    self.namer = namer
    within = query.within.microseconds
  }

  /// - Parameter moments: of the bucket's customers and of others that belong there, in the order of their ids.
  mutating func read(_ block: Range<Int>, of bucket: Bucket, _ moments: [AskedMoment]) {
    let customers = bucket.customers
    let met = Self.meet(customers, block, moments)
    guard let first = met.first?.customer, let end = met.last?.customer else { return }
    let (offsets, instants) = (bucket.offsets, bucket.instants)
    let rows = Int(offsets[first])..<Int(offsets[end + 1])
    namer.name(rows, of: bucket, into: &names, &truths)
    Self.lookBack(names, rows.count, &last)
    for (customer, moment) in met {
      let own = Int(offsets[customer])..<Int(offsets[customer + 1])
      let row = Self.lastRow(instants, own, atOrBefore: moment.instant)
      guard row >= own.lowerBound else { continue }
      let named = Int(last[row - rows.lowerBound]) + rows.lowerBound
      // What is named further back is of a customer before.
      guard named >= own.lowerBound else { continue }
      let (age, isBeyond) = moment.instant.subtractingReportingOverflow(instants[named])
      guard !isBeyond, age <= within else { continue }
      found.append((moment.number, names[named - rows.lowerBound]))
    }
  }

  /// The moments whose customers are in the block, with the index of each; both are in the order of their ids.
  private static func meet(
    _ customers: [String], _ block: Range<Int>, _ moments: [AskedMoment]
  ) -> [(customer: Int, moment: AskedMoment)] {
    var met: [(customer: Int, moment: AskedMoment)] = []
    var place = block.lowerBound
    var next = firstIndex(in: moments.indices) { !moments[$0].customer.comesBefore(customers[block.lowerBound]) }
    while next < moments.count {
      let id = moments[next].customer
      place = firstIndex(in: place..<block.upperBound) { !customers[$0].comesBefore(id) }
      guard place < block.upperBound else { break }
      if customers[place].utf8.elementsEqual(id.utf8) { met.append((place, moments[next])) }
      next += 1
    }
    return met
  }

  /// The first index for which something holds that holds for all behind it; the end where it holds for none.
  private static func firstIndex(in range: Range<Int>, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The last of a customer's rows at or before an instant; one before the first where all lie behind it.
  private static func lastRow(_ instants: [Int64], _ rows: Range<Int>, atOrBefore instant: Int64) -> Int {
    firstIndex(in: rows) { instants[$0] > instant } - 1
  }

  /// Leaves for each of `count` rows the last one up to it that has a name.
  private static func lookBack(_ names: [Int32], _ count: Int, _ last: inout [Int32]) {
    if last.count < count { last = Array(repeating: 0, count: count) }
    let names = names.span
    var last = last.mutableSpan
    var known: Int32 = -1
    for row in 0..<count {
      if names[row] != EventNamer.leftOut { known = Int32(truncatingIfNeeded: row) }
      last[row] = known
    }
  }
}
