/// Exact counts of a bucket's events by UTC day, and of the customers who have them, made when the bucket is saved: what
/// only asks for these need not read the events.
public struct DaySummary: Sendable, Hashable {
  public struct Cell: Sendable, Hashable {
    public var events = 0
    public var customers = 0

    static func += (left: inout Cell, right: Cell) {
      left.events += right.events
      left.customers += right.customers
    }
  }
  /// Number of the first day since 1970-01-01.
  public let firstDay: Int
  public let dayCount: Int
  /// Rows of `dayCount` + 1 cells, of which the last is of all days together: one row of all events, then one of each code
  /// that there was when the bucket was saved.
  private let cells: [Cell]

  /// Bytes in memory.
  var bytes: Int { cells.count * 16 }

  static let dayLength: Int64 = 86_400_000_000

  /// Number of the UTC day of an instant (microseconds since 1970).
  public static func day(of instant: Int64) -> Int { Int(floorDivide(instant, dayLength)) }

  /// Events of a code, or of any, on a day or on all.
  public func cell(code: Int?, day: Int?) -> Cell {
    let row = (code.map { $0 + 1 } ?? 0) * (dayCount + 1)
    guard row < cells.count else { return Cell() }
    guard let day else { return cells[row + dayCount] }
    return (0..<dayCount).contains(day - firstDay) ? cells[row + day - firstDay] : Cell()
  }

  /// Nil where it would take more than about a hundredth of the room of the events, which have some five bytes each on disk;
  /// a cell has two or three.
  init?(_ bucket: Bucket, codes: Int) {
    guard let span = bucket.span else { return nil }
    let (first, last) = (Self.day(of: span.lowerBound), Self.day(of: span.upperBound))
    let days = last - first + 1
    guard Self.isSmall(days: days, codes: codes, besides: bucket.eventCount) else { return nil }
    (firstDay, dayCount) = (first, days)
    cells = Self.counted(bucket, from: first, days: days, codes: codes)
  }

  private static func isSmall(days: Int, codes: Int, besides events: Int) -> Bool {
    let (width, isWide) = (days + 1).multipliedReportingOverflow(by: codes + 1)
    return !isWide && width <= max(512, events / 60)
  }

  private static func counted(_ bucket: Bucket, from first: Int, days: Int, codes: Int) -> [Cell] {
    let (offsets, instants) = (bucket.offsets.span, bucket.instants.span)
    var cells = [Cell](repeating: Cell(), count: (days + 1) * (codes + 1))
    switch bucket.events {
    case .narrow(let events): count(offsets, instants, events.span, from: first, days: days, &cells)
    case .medium(let events): count(offsets, instants, events.span, from: first, days: days, &cells)
    case .wide(let events): count(offsets, instants, events.span, from: first, days: days, &cells)
    }
    // Events of all codes, and of all days, are sums; customers are not.
    let width = days + 1
    for code in 1..<max(1, codes + 1) {
      for day in 0..<days {
        let events = cells[code * width + day].events
        cells[code * width + days].events += events
        cells[day].events += events
        cells[days].events += events
      }
    }
    return cells
  }

  /// Counts events by code and day, and customers by code, by day, and by both.
  private static func count<Code: FixedWidthInteger>(
    _ offsets: Span<UInt32>, _ instants: Span<Int64>, _ events: Span<Code>, from first: Int, days: Int,
    _ cells: inout [Cell]
  ) {
    let width = days + 1
    /// Number of the customer counted last in each cell, from 1.
    var lasts = [Int32](repeating: 0, count: cells.count)
    var last = lasts.mutableSpan
    var cells = cells.mutableSpan
    for customer in 0..<offsets.count - 1 {
      let number = Int32(truncatingIfNeeded: customer + 1)
      var (day, end) = (0, Int64.min)
      cells[days].customers += 1
      for row in Int(offsets[customer])..<Int(offsets[customer + 1]) {
        if instants[row] >= end {
          let dayNumber = Self.day(of: instants[row])
          day = dayNumber - first
          let (next, isOver) = Int64(dayNumber + 1).multipliedReportingOverflow(by: dayLength)
          end = isOver ? .max : next
          cells[day].customers += 1
        }
        let code = (Int(events[row]) + 1) &* width
        cells[code &+ day].events &+= 1
        cells[code &+ day].customers &+= last[code &+ day] == number ? 0 : 1
        last[code &+ day] = number
        cells[code &+ days].customers &+= last[code &+ days] == number ? 0 : 1
        last[code &+ days] = number
      }
    }
  }
}

extension DaySummary {
  /// As the numbers that are stored: first day (as 32 bits), days, then events and customers of each cell.
  var numbers: [UInt32] {
    let head = [UInt32(truncatingIfNeeded: firstDay), UInt32(truncatingIfNeeded: dayCount)]
    return head + cells.flatMap { [UInt32(truncatingIfNeeded: $0.events), UInt32(truncatingIfNeeded: $0.customers)] }
  }

  /// Nil where the numbers are none of a summary of at most so many codes.
  init?(numbers: [UInt32], codes: Int) {
    guard numbers.count >= 2 else { return nil }
    let days = Int(numbers[1])
    let (rows, rest) = (numbers.count - 2).quotientAndRemainder(dividingBy: 2 * (days + 1))
    guard rest == 0, (1...codes + 1).contains(rows) else { return nil }
    firstDay = Int(Int32(bitPattern: numbers[0]))
    dayCount = days
    cells = stride(from: 2, to: numbers.count, by: 2).map {
      Cell(events: Int(numbers[$0]), customers: Int(numbers[$0 + 1]))
    }
  }
}

/// The quotient rounded down.
private func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
  let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
  return rest < 0 ? quotient - 1 : quotient
}
