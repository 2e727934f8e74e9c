import EventStore
import JourneyQuery

/// A condition in postfix form, evaluated column by column over some rows: one tight loop per test and connective.
struct ConditionProgram: Sendable {
  private enum Operation: Sendable {
    case test(CompiledTest)
    case not
    /// Of the topmost `count` operands.
    case and(count: Int)
    case or(count: Int)
  }
  private var operations: [Operation] = []

  init(_ condition: Condition, in schema: StoreSchema) {
    append(condition, schema)
  }

  private mutating func append(_ condition: Condition, _ schema: StoreSchema) {
    switch condition {
    case .test(let test): operations.append(.test(CompiledTest(test, in: schema)))
    case .not(let inner):
      append(inner, schema)
      operations.append(.not)
    case .and(let parts):
      for part in parts { append(part, schema) }
      operations.append(.and(count: parts.count))
    case .or(let parts):
      for part in parts { append(part, schema) }
      operations.append(.or(count: parts.count))
    }
  }

  /// Leaves the truth for each of `rows` in `truths[0 ..< rows.count]`; what else `truths` holds is of no meaning. An
  /// `and` of nothing is true, an `or` of nothing is not.
  func evaluate(_ rows: some RandomAccessCollection<Int>, of bucket: Bucket, into truths: inout [UInt8]) {
    let width = rows.count
    var depth = 0
    func makeRoom() {
      if truths.count < (depth + 1) * width {
        truths.append(contentsOf: repeatElement(0, count: (depth + 1) * width - truths.count))
      }
    }
    func fold(_ count: Int, _ empty: UInt8, _ join: (UInt8, UInt8) -> UInt8) {
      if count == 0 {
        makeRoom()
        for index in 0..<width { truths[depth * width + index] = empty }
        depth += 1
        return
      }
      let first = (depth - count) * width
      for operand in 1..<max(count, 1) {
        for index in 0..<width {
          truths[first + index] = join(truths[first + index], truths[first + operand * width + index])
        }
      }
      depth -= count - 1
    }
    for operation in operations {
      switch operation {
      case .test(let test):
        makeRoom()
        test.evaluate(rows, of: bucket, into: &truths, at: depth * width)
        depth += 1
      case .not:
        for index in (depth - 1) * width..<depth * width { truths[index] = Truth.yes - truths[index] }
      case .and(let count): fold(count, Truth.yes, min)
      case .or(let count): fold(count, Truth.no, max)
      }
    }
  }
}
