import EventStore
import JourneyQuery

/// Which of up to 64 steps every event of some rows matches, as a bit mask per event or as a bitmap per step.
struct StepMatcher: Sendable {
  struct Conditional: Sendable {
    /// Nil is every event.
    let event: Int?
    let condition: ConditionProgram
    let step: Int
  }
  /// By event code: the steps it matches whatever its properties, as a mask.
  let certain: [UInt64]
  let conditional: [Conditional]
  /// Per step, the codes that match it whatever their properties, ascending.
  let codes: [[Int]]
  /// By step: a customer whose event mask shares no bit with this has no event that matches it.
  let eventMasks: [UInt64]

  /// Bit i of the masks stands for `steps[i]`. An event name that the store does not know matches nothing.
  init(_ steps: [Step], in schema: StoreSchema) {
    var certain = [UInt64](repeating: 0, count: schema.events.count)
    var conditional: [Conditional] = []
    var eventMasks = [UInt64](repeating: 0, count: steps.count)
    for (index, step) in steps.enumerated() {
      for pattern in step.alternatives {
        let code = pattern.event.flatMap(schema.code(ofEvent:))
        if pattern.event != nil, code == nil { continue }
        eventMasks[index] |= code.map { 1 << UInt64($0 % 64) } ?? .max
        if let condition = pattern.condition {
          conditional.append(Conditional(event: code, condition: ConditionProgram(condition, in: schema), step: index))
        } else if let code {
          certain[code] |= 1 << UInt64(index)
        } else {
          for code in certain.indices { certain[code] |= 1 << UInt64(index) }
        }
      }
    }
    (self.certain, self.conditional, self.eventMasks) = (certain, conditional, eventMasks)
    codes = steps.indices.map { step in certain.indices.filter { certain[$0] >> UInt64(step) & 1 == 1 } }
  }

  /// False only if no event can match both steps.
  func canShareEvents(_ step: Int, _ other: Int) -> Bool {
    func may(_ code: Int, _ step: Int) -> Bool {
      certain[code] >> UInt64(step) & 1 == 1
        || conditional.contains { $0.step == step && ($0.event == nil || $0.event == code) }
    }
    return certain.indices.contains { may($0, step) && may($0, other) }
  }

  /// Leaves the mask of each of `rows` in `masks[0 ..< rows.count]`; `truths` is scratch.
  func match(_ rows: Range<Int>, of bucket: Bucket, into masks: inout [UInt64], _ truths: inout [UInt8]) {
    if masks.count < rows.count { masks.append(contentsOf: repeatElement(0, count: rows.count - masks.count)) }
    switch bucket.events {
    case .narrow(let codes): match(rows, codes, bucket, &masks, &truths)
    case .medium(let codes): match(rows, codes, bucket, &masks, &truths)
    case .wide(let codes): match(rows, codes, bucket, &masks, &truths)
    }
  }

  private func match<Code: FixedWidthInteger>(
    _ rows: Range<Int>, _ codes: [Code], _ bucket: Bucket, _ masks: inout [UInt64], _ truths: inout [UInt8]
  ) {
    codes.span.extracting(rows).look(up: certain, into: &masks)
    for pattern in conditional {
      if let event = pattern.event, !rows.contains(where: { Int(codes[$0]) == event }) { continue }
      pattern.condition.evaluate(rows, of: bucket, into: &truths)
      for row in rows where truths[row - rows.lowerBound] == Truth.yes {
        if pattern.event.map({ $0 == Int(codes[row]) }) ?? true {
          masks[row - rows.lowerBound] |= 1 << UInt64(pattern.step)
        }
      }
    }
  }
}
