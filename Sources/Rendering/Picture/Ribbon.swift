/// The stream of customers: as wide as their share, thinning between stages.
struct Ribbon: Hashable, Sendable {
  /// One stretch of even width.
  struct Reach: Hashable, Sendable {
    /// Along the stream.
    var start: Double
    var end: Double
    /// Of everyone, 0…1.
    var share: Double
  }
  /// In order; the stream narrows in the gaps between them.
  var reaches: [Reach]
  /// Flows down the page rather than to the right.
  var isVertical: Bool
  /// Across the stream: its middle line.
  var axis: Double
  /// What everyone would take.
  var fullWidth: Double

  /// The ground it covers.
  var frame: Rect {
    let start = reaches.first?.start ?? 0
    let length = (reaches.last?.end ?? 0) - start
    let side = axis - fullWidth / 2
    return isVertical
      ? Rect(x: side, y: start, width: fullWidth, height: length)
      : Rect(x: start, y: side, width: length, height: fullWidth)
  }

  /// Half the width at a reach: a hairline is left where anyone is.
  func half(_ reach: Reach) -> Double { reach.share > 0 ? max(fullWidth * reach.share / 2, 0.75) : 0 }

  func point(along: Double, across: Double) -> Point {
    isVertical ? Point(x: axis + across, y: along) : Point(x: along, y: axis + across)
  }
}
