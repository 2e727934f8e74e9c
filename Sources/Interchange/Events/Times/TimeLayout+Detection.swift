import JourneyTime
import SourceText

extension TimeLayout {
  /// Whether `text` is a time in some layout.
  static func reads(_ text: String) -> Bool {
    candidates(for: [text]).contains { layout in
      var reader = TimeReader(layout, in: .utc)
      return reader.read(Array(text.utf8).span, line: 0) != nil
    }
  }

  /// The layout that reads most of `cells`; of equals, years in front come before numbers since 1970, these
  /// before other dates, days in front before months.
  /// Nil if none reads any.
  static func detected(in cells: [String]) -> TimeLayout? {
    var best: (layout: TimeLayout, count: Int)?
    for layout in candidates(for: cells) {
      var reader = TimeReader(layout, in: .utc)
      let count = cells.count { reader.read(Array($0.utf8).span, line: 0) != nil }
      if count > best?.count ?? 0 { best = (layout, count) }
    }
    return best?.layout
  }

  /// Epochs in the unit that most of the numbers among `cells` have.
  private static func candidates(for cells: [String]) -> [TimeLayout] {
    let units = cells.compactMap { cell in
      epochParts(Array(cell.utf8).span).flatMap { EpochUnit(magnitude: $0.whole) }
    }
    let unit = EpochUnit.allCases.max { left, right in
      units.count { $0 == left } < units.count { $0 == right }
    }
    return [.yearFirst, .compact, .epoch(unit ?? .seconds), .dayFirst, .monthFirst, .monthNames]
  }
}

extension TimeReader {
  enum Verdict {
    /// The layout holds for the whole column.
    case settled
    /// The column must be read again in this layout.
    case instead(TimeLayout)
  }

  /// What a column read to its end says about the order of day and month. Throws if it leaves both, or neither.
  func verdict(file: String) throws(Diagnostic) -> Verdict {
    guard layout == .dayFirst || layout == .monthFirst else { return .settled }
    switch (votes.dayFirst, votes.monthFirst) {
    case (let day?, let month?):
      throw Diagnostic(
        .loadTimeMixed,
        "'\(day.text)' has the day in front, '\(month.text)' in line \(month.line) the month; one column, one order",
        place: "\(file):\(day.line)")
    case (nil, nil):
      guard let example = votes.either, let readings = NumericDate(Array(example.text.utf8).span)?.readings,
        let day = readings.dayFirst, let month = readings.monthFirst
      else { return .settled }
      throw Diagnostic(
        .loadTimeAmbiguous, "'\(example.text)' may be \(day) or \(month), and no row of the file decides",
        hint: "write the dates as \(day)", place: "\(file):\(example.line)")
    case (_?, nil): return layout == .dayFirst ? .settled : .instead(.dayFirst)
    case (nil, _?): return layout == .monthFirst ? .settled : .instead(.monthFirst)
    }
  }
}

extension DiagnosticCode {
  package static let loadTimeAmbiguous = DiagnosticCode(
    "load.time-ambiguous",
    "01/02/2025 may be February or January, and no row of the file decides. Write dates as 2025-02-01.")
  package static let loadTimeMixed = DiagnosticCode(
    "load.time-mixed", "Some dates of the column have the day in front, others the month.")
}
