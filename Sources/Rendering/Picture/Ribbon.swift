import JourneyQuery

/// The stream of customers along the stages: at each as wide as were seen there, with those who pass by as a thin stream beside them.
///
/// One side is straight. At the other, people come onto the map before a stage and leave it behind one, so that at every stage
/// its width is that of the stage before, less those who left there, and those who joined.
struct Ribbon: Hashable, Sendable {
  /// One stage. Shares are of everyone, 0…1.
  struct Reach: Hashable, Sendable {
    /// Along the stream.
    var start: Double
    var end: Double
    var seen: Double
    var passed: Double
    var joined: Double
    var left: Double

    /// Everyone who is on their way here.
    var whole: Double { seen + passed }
  }
  /// Where everyone stands before the first stage, on the map or not; nil where there is no room for them.
  var opening: Range<Double>?
  var reaches: [Reach]
  /// Flows down the page rather than to the right.
  var isVertical: Bool
  /// Across the stream: its straight side.
  var edge: Double
  /// What everyone would take.
  var fullWidth: Double

  /// How far those who come and go reach beyond the others.
  static let swing = 12.0

  /// The ground it covers.
  var frame: Rect {
    let start = opening?.lowerBound ?? reaches.first?.start ?? 0
    let length = (reaches.last?.end ?? 0) - start
    return isVertical
      ? Rect(x: edge, y: start, width: fullWidth + Self.swing, height: length)
      : Rect(x: start, y: edge, width: length, height: fullWidth + Self.swing)
  }

  /// A width: a hairline is left where anyone is.
  func width(_ share: Double) -> Double { share > 0 ? max(fullWidth * min(share, 1), 1.5) : 0 }

  func point(_ along: Double, _ across: Double) -> Point {
    isVertical ? Point(x: edge + across, y: along) : Point(x: along, y: edge + across)
  }
}

extension Ribbon {
  /// Goes on by one stage. At one that is not measured everybody passes by who has not left before.
  mutating func append(_ figures: MapMetrics.Stage?, of customers: Int, from start: Double, to end: Double) {
    guard let figures else {
      let before = reaches.last.map { $0.whole - $0.left } ?? 0
      return reaches.append(Reach(start: start, end: end, seen: 0, passed: before, joined: 0, left: 0))
    }
    func share(_ count: Int) -> Double { min(max(Double(count) / Double(max(1, customers)), 0), 1) }
    reaches.append(
      Reach(
        start: start, end: end, seen: share(figures.seen), passed: share(figures.passed), joined: share(figures.joined),
        left: share(figures.left)))
  }
}
