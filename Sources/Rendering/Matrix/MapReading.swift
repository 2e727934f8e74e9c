import JourneyModel
import JourneyQuery

/// What events say of a map, and of whom and when they say it.
package struct MapReading: Hashable, Sendable {
  package let metrics: MapMetrics
  /// Whose events: as `for` says it; nil is everyone's.
  package let people: String?
  /// Of kpis, goals and wins that have a question.
  package let measures: [ElementReference: Measured]
  /// What customers said they felt, by touchpoint, where enough answered.
  package let emotions: [String: MeasuredEmotion]
  /// `2025-03-01 .. 2025-06-29`; empty of a store without events.
  let dates: String
  private let touchpoints: [String: MapMetrics.Touchpoint]
  private let stages: [String: MapMetrics.Stage]

  /// - Parameter scope: of the question.
  package init(
    _ metrics: MapMetrics, of scope: Scope, people: String? = nil, measures: [ElementReference: Measured] = [:],
    emotions: [String: MeasuredEmotion] = [:]
  ) {
    self.metrics = metrics
    self.people = people
    self.measures = measures
    self.emotions = emotions
    dates = metrics.basis.days(scope) ?? ""
    touchpoints = Dictionary(metrics.touchpoints.map { ($0.name, $0) }) { first, _ in first }
    stages = Dictionary(metrics.stages.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Nil where nothing was measured.
  func touchpoint(_ name: String) -> MapMetrics.Touchpoint? { touchpoints[name] }
  func stage(_ name: String) -> MapMetrics.Stage? { stages[name] }

  /// What a pain costs, or the pain of an opportunity: the price of its touchpoint or, where it hangs there, of its stage. Nil where
  /// nothing was measured, and at the last stage, behind which nobody can go on.
  func price(of element: Element, in tree: MapTree) -> Double? {
    guard let stage = tree.stage(of: element), stage.name != metrics.stages.last?.name else { return nil }
    var place = element.parent
    while let found = place {
      switch found.kind {
      case .touchpoint: return touchpoint(found.name)?.price
      case .stage: return self.stage(found.name)?.price
      default: place = tree.element(found)?.parent
      }
    }
    return nil
  }

  /// `20,000 customers in the events, 18,922 of them on the map, 2025-03-01 .. 2025-06-29`
  package var sentence: String {
    let whose = people.map { " for \($0)" } ?? ""
    let all =
      "\(HumanText.integer(metrics.customers)) \(AnswerNotes.customers(metrics.customers)) in the events\(whose)"
    return [all, "\(HumanText.integer(metrics.onMap)) of them on the map", dates].filter { !$0.isEmpty }
      .joined(separator: ", ")
  }

  static let priceExplanation =
    "A pain is priced at those who leave there, times what each of those who go on brings: no more than that can be won"

  static let emotionExplanation =
    "What customers felt is the mean of their answers at a touchpoint, each survey's scale drawn out to −2 … +2, where at least "
    + "\(MeasuredEmotion.leastAnswers) answered"

  /// How what is drawn of a map is to be read.
  func explanations(of map: JourneyMap, in tree: MapTree) -> [String] {
    let isPriced = map.all(.pain).contains { price(of: $0, in: tree) != nil }
    return [Self.explanation] + (isPriced ? [Self.priceExplanation] : [])
      + (emotions.isEmpty ? [] : [Self.emotionExplanation])
  }

  /// How the figures are to be read, and which question is another.
  private static let explanation =
    "Seen at a stage are all who have an event there, in whatever order; the strict path through all stages is funnel stages"
}
