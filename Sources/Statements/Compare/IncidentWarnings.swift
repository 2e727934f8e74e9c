import JourneyModel
import JourneyTime
import Rendering
import SourceText

extension Session {
  /// What the active map says happened within dates whose figures are held against each other; none without a map.
  ///
  /// - Parameter element: whose own dates these are.
  func incidents(
    in dates: [Range<Instant>], except element: ElementReference? = nil
  ) throws(Diagnostic) -> [Answer.Warning] {
    let vocabulary = try vocabulary()
    guard let map = vocabulary.map else { return [] }
    var seen: Set<Incident> = []
    let incidents = dates.flatMap { map.incidents(in: $0, vocabulary.zone) }
    return incidents.filter { ($0.element == nil || $0.element != element) && seen.insert($0).inserted }.map {
      incident in
      Answer.Warning(
        code: .incidentInside,
        message:
          "\(incident.text) (\(incident.dates)) lies within the dates that are compared: the difference may be its "
          + "doing; during DATES leaves them out")
    }
  }
}

extension DiagnosticCode {
  package static let incidentInside = DiagnosticCode(
    "incident.inside",
    "A warning: another win, or a note with dates on the map, lies within the dates that are compared, and may make the difference."
  )
}
