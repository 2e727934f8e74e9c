import JourneyTime

/// A column of all groups: its values in the order of their first appearance, and what each group's codes are among them.
struct UnitedColumn: Sendable {
  let texts: [String]
  let map: PropertyMap

  /// - Parameter isCancelled: asked now and then; what comes of it is of no use once it is true.
  init(_ groups: [RowGroup], column: Int, kind: Property.Kind, zone: Zone, _ isCancelled: () -> Bool) {
    let parts = groups.map { column < $0.columns.count ? $0.columns[column] : nil }
    guard kind == .text else {
      texts = []
      map = .words(kind, tables: parts.map { isCancelled() ? [] : $0?.words(as: kind, zone) ?? [] })
      return
    }
    var values = ByteDictionary()
    let codes = parts.map { part in
      [0] + (isCancelled() ? [] : part.map { values.absorb($0.values).map { $0 + 1 } } ?? [])
    }
    texts = isCancelled() ? [] : values.texts
    map = .text(CodeMap(codes))
  }

  /// For events, of which none is missing: codes from 0.
  var eventMap: CodeMap {
    guard case .text(let map) = map else { return CodeMap([]) }
    return CodeMap(map.codes.map { codes in codes.map { max(1, $0) - 1 } })
  }
}

extension RowGroup.Column {
  /// The word of each code, the first one for missing; nothing if it holds words already.
  fileprivate func words(as kind: Property.Kind, _ zone: Zone) -> [UInt64] {
    if wordKind != nil { return [] }
    let missing = kind == .time ? ValueWord.missingTime : ValueWord.missingNumber
    return [missing]
      + (0..<values.count).map { code in
        values.withBytes(of: code) { bytes in
          switch kind {
          case .number: bytes.number.map { ValueWord.of($0) } ?? missing
          case .truth: bytes.truth.map { $0 ? 1 : 0 } ?? missing
          default: Instant(iso: bytes, in: zone).map { ValueWord.of($0.microseconds) } ?? missing
          }
        }
      }
  }
}
