import JourneyTime

/// What began or happened on a date, as the map tells it: a win since a date, or a note that begins with dates.
public struct Incident: Hashable, Sendable {
  /// A sentence's subject: `win 'Guest checkout'`, `note 'phones cannot pay'`.
  public let text: String
  /// As they are written: `2025-04-07 .. 2025-04-13`.
  public let dates: String
  /// What on the map it is of; nil of the map itself.
  public let element: ElementReference?
  /// From its start to its end, or for good.
  let first: CalendarDate
  let last: CalendarDate?
}

/// A note with dates: `2025-04-07 .. 2025-04-13: phones cannot pay`. Dates stand in front of the text, so that every format of maps has them.
public struct DatedNote: Hashable, Sendable {
  public let text: String
  public let first: CalendarDate
  /// Nil of one date.
  public let last: CalendarDate?
  /// As they are written.
  public let dates: String

  /// Nil of a note that does not begin with dates.
  public init?(_ note: String) {
    guard let colon = note.firstRange(of: ": ") else { return nil }
    dates = String(note[..<colon.lowerBound])
    let ends = dates.split(separator: " .. ", omittingEmptySubsequences: false).map { CalendarDate(String($0)) }
    guard (1...2).contains(ends.count), let first = ends[0], let end = ends.last, end != nil else { return nil }
    (self.first, last) = (first, ends.count == 2 ? end : nil)
    text = String(note[colon.upperBound...])
  }

  /// The note that says so.
  public static func note(_ text: String, on dates: String) -> String { "\(dates): \(text)" }
}

extension JourneyMap {
  /// Wins that began and notes whose dates lie, wholly or in part, in a range; those of a date without an end count where they begin.
  public func incidents(in range: Range<Instant>, _ zone: Zone) -> [Incident] {
    incidents.filter { incident in
      let start = incident.first.range(in: zone).lowerBound
      let end = (incident.last ?? incident.first).range(in: zone).upperBound
      return start < range.upperBound && end > range.lowerBound
    }
  }

  /// In map order, those of the map itself first.
  private var incidents: [Incident] {
    func notes(_ texts: [String], on element: ElementReference?) -> [Incident] {
      texts.compactMap(DatedNote.init).map { note in
        Incident(
          text: "note '\(note.text)'", dates: note.dates, element: element, first: note.first, last: note.last)
      }
    }
    return notes(self.notes, on: nil)
      + elements.flatMap { element -> [Incident] in
        var found = notes(element.texts(.note), on: element.reference)
        if element.kind == .win, case .date(let since)? = element.attributes[.since]?.first,
          let date = CalendarDate(since)
        {
          found.append(
            Incident(
              text: "win '\(element.name)'", dates: since, element: element.reference, first: date, last: nil))
        }
        return found
      }
  }
}
