import JourneyTime

/// The kinds that every value of a property could still be read as.
struct KindSet: OptionSet, Sendable {
  let rawValue: UInt8
  static let number = KindSet(rawValue: 1)
  static let truth = KindSet(rawValue: 2)
  static let time = KindSet(rawValue: 4)
  static let all: KindSet = [.number, .truth, .time]

  /// What the values of a property are if some exist: text unless all can be read as something else.
  var kind: Property.Kind {
    if contains(.number) { return .number }
    if contains(.truth) { return .truth }
    return contains(.time) ? .time : .text
  }
}

/// Numbers and times as words of 64 bits, with one word of each kind for a missing value.
enum ValueWord {
  /// A nan that no arithmetic makes.
  static let missingNumber: UInt64 = 0x7FF8_5761_796D_6172
  /// A moment some 270,000 years ago; a time that is just that one becomes the next microsecond.
  static let missingTime: UInt64 = 0x8761_796D_6172_6B00

  @inline(__always) static func of(_ number: Double) -> UInt64 {
    let word = number.bitPattern
    return word == missingNumber ? Double.nan.bitPattern : word
  }

  @inline(__always) static func of(_ microseconds: Int64) -> UInt64 {
    let word = UInt64(bitPattern: microseconds)
    return word == missingTime ? word + 1 : word
  }
}

/// The values of one property in rows of a group in the making.
struct PropertyRows: Sendable {
  /// Numbers and times that need no dictionary, in words; nil for a property kept by dictionary.
  let wordKind: Property.Kind?
  private(set) var coded = CodedRows()
  private(set) var words: [UInt64] = []
  /// What the values by dictionary may all be.
  private(set) var kinds: KindSet
  /// What they may be before there are any.
  private let possible: KindSet
  /// A value was not of `wordKind`; it reads as missing.
  private(set) var isMixed = false
  private var times: InstantReader

  init(wordKind: Property.Kind?, kinds: KindSet = .all, zone: Zone) {
    self.wordKind = wordKind == .number || wordKind == .time ? wordKind : nil
    (self.kinds, possible) = (kinds, kinds)
    times = InstantReader(in: zone)
  }

  var missingWord: UInt64 { wordKind == .time ? ValueWord.missingTime : ValueWord.missingNumber }

  /// Adds a row for each of the table's, with the cells of one column; empty ones are missing.
  mutating func append(_ table: CellTable, column: Int, in bytes: Span<UInt8>) {
    guard wordKind != nil else {
      let known = coded.values.count
      coded.append(table, column: column, in: bytes)
      noteKinds(from: known)
      return
    }
    let first = words.count
    words.append(contentsOf: repeatElement(missingWord, count: table.rowCount))
    let cells = table.cells.span
    var (place, row) = (column, 0)
    while row < table.rowCount {
      let cell = cells[place]
      if cell.start != cell.end {
        if let word = word(of: bytes, Int(cell.start), Int(cell.end)) {
          words[first + row] = word
        } else {
          isMixed = true
        }
      }
      place &+= table.columnCount
      row &+= 1
    }
  }

  @inline(__always) private mutating func word(of bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64? {
    if wordKind == .time { return times.read(bytes, start, end).map { ValueWord.of($0) } }
    return bytes.extracting(start..<end).number.map { ValueWord.of($0) }
  }

  /// Gives `row`, the last one so far, a value as it was written; an empty one is missing. The last of several stands.
  mutating func set(_ text: Span<UInt8>, row: Int) {
    if wordKind != nil {
      let word = text.isEmpty ? missingWord : word(of: text, 0, text.count)
      if word == nil { isMixed = true }
      set(word: word ?? missingWord, row: row)
    } else {
      let known = coded.values.count
      coded.set(text.isEmpty ? nil : text, row: row)
      noteKinds(from: known)
    }
  }

  /// Gives `row` a value; one that is not of the kind of the words is missing there.
  mutating func set(_ value: PropertyValue, row: Int) {
    switch (value, wordKind) {
    case (.number(let number), .number): set(word: ValueWord.of(number), row: row)
    case (.time(let instant), .time): set(word: ValueWord.of(instant), row: row)
    case (_, nil): coded.set(Array(value.text.utf8).span, row: row)
    default:
      isMixed = true
      set(word: missingWord, row: row)
    }
  }

  private mutating func set(word: UInt64, row: Int) {
    pad(to: row)
    if words.count > row { words[row] = word } else { words.append(word) }
  }

  /// Takes all rows away; their values are forgotten.
  mutating func removeAll() {
    coded.removeAll()
    words.removeAll(keepingCapacity: true)
    (kinds, isMixed) = (possible, false)
  }

  /// Makes the rows up to `count` missing that have no value yet.
  mutating func pad(to count: Int) {
    if wordKind == nil {
      coded.pad(to: count)
    } else if words.count < count {
      words.append(contentsOf: repeatElement(missingWord, count: count - words.count))
    }
  }

  private mutating func noteKinds(from known: Int) {
    guard !kinds.isEmpty else { return }
    for code in known..<coded.values.count {
      kinds.formIntersection(coded.values.values.withBytes(of: code) { $0.kinds(in: times.zone) })
    }
  }
}

extension Property.Kind {
  /// What a property with these written values is: text if there are none. Times without an offset are of `zone`.
  package init(of values: [String], in zone: Zone) {
    let kinds = values.reduce(KindSet.all) { kinds, value in
      kinds.isEmpty ? kinds : kinds.intersection(Array(value.utf8).span.kinds(in: zone))
    }
    self = values.isEmpty ? .text : kinds.kind
  }
}
