/// Names at the ends of lines, each as near to its line as there is room, none over another.
struct EndLabels {
  struct Label: Hashable {
    /// Index of its line.
    let line: Int
    /// One or two.
    let texts: [String]
    /// Where its line ends.
    let wanted: Double
    /// Of its middle.
    var y: Double
  }

  /// From the top.
  private(set) var labels: [Label]

  private static let leading = 15.0

  /// - Parameters:
  ///   - ends: of lines by their indices, with their names.
  ///   - room: what the labels may take, downwards.
  init(_ ends: [(line: Int, name: String, y: Double)], width: Double, in room: ClosedRange<Double>) {
    func labels(atMost most: Int) -> [Label] {
      ends.sorted { ($0.y, $0.line) < ($1.y, $1.line) }.map { end in
        Label(
          line: end.line, texts: ChartText.lines(end.name, TrendFrame.nameStyle, width: width, atMost: most),
          wanted: end.y, y: end.y)
      }
    }
    self.labels = labels(atMost: 2)
    let height = room.upperBound - room.lowerBound
    if self.labels.reduce(0, { $0 + Self.height($1) }) > height { self.labels = labels(atMost: 1) }
    // Down until each is clear of the one above it, then up until the last is within the room.
    var free = room.lowerBound
    for index in self.labels.indices {
      let half = Self.height(self.labels[index]) / 2
      self.labels[index].y = max(self.labels[index].y, free + half)
      free = self.labels[index].y + half
    }
    free = room.upperBound
    for index in self.labels.indices.reversed() {
      let half = Self.height(self.labels[index]) / 2
      self.labels[index].y = min(self.labels[index].y, free - half)
      free = self.labels[index].y - half
    }
  }

  private static func height(_ label: Label) -> Double { leading * Double(label.texts.count) + 2 }

  /// The baseline of each line of a label.
  static func baselines(of label: Label) -> [Double] {
    label.texts.indices.map { label.y + (Double($0) - Double(label.texts.count - 1) / 2) * leading + 4 }
  }
}
