/// A place in the picture: x to the right, y down.
struct Point: Hashable, Sendable {
  var x: Double
  var y: Double
}

struct Rect: Hashable, Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var maxX: Double { x + width }
  var maxY: Double { y + height }
  var midX: Double { x + width / 2 }
  var midY: Double { y + height / 2 }

  /// Whether the two share more than an edge.
  func overlaps(_ other: Rect) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }

  /// Whether `other` lies inside, edges included.
  func contains(_ other: Rect) -> Bool {
    let slack = 0.01
    return other.x >= x - slack && other.maxX <= maxX + slack && other.y >= y - slack && other.maxY <= maxY + slack
  }
}
