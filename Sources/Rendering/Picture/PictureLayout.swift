import JourneyModel

/// Where everything stands. Blocks never overlap each other nor an emotion band nor the ribbon, and every text lies inside its
/// block as far as `TextWidth` can tell.
struct PictureLayout: Hashable, Sendable {
  var width: Double
  var height: Double
  var blocks: [Block]
  var bands: [EmotionBand]
  var ribbon: Ribbon?

  /// One text with its ground: a card, a note, a chevron, a label.
  struct Block: Hashable, Sendable {
    enum Role: Hashable, Sendable {
      /// Bare text.
      case text
      case persona
      /// `downwards` points to the next stage below instead of the one at the right.
      case chevron(downwards: Bool)
      /// A line of detail, without a ground.
      case fact
      /// KPIs and goals of the whole journey.
      case aim
      case card
      /// On a tint; `isAnswer` is tied to the block above it by a line at its left.
      case note(Hue, isAnswer: Bool)
      /// Done for a touchpoint where no customer sees it.
      case backstage
      /// A dashed line behind a text: the line of visibility.
      case divider
      /// Stands in for stages or touchpoints that are not there yet.
      case empty
    }
    var role: Role
    var frame: Rect
    var texts: [PlacedText] = []
    var glyphs: [PlacedGlyph] = []
    var marks: [Mark] = []
    /// The whole of it in words, also what the lines had no room for.
    var label: String = ""
    /// Texts of which the lines hold only the beginning.
    var cuts: [String] = []

    func moved(x: Double, y: Double) -> Block {
      var block = self
      block.frame.x += x
      block.frame.y += y
      for index in texts.indices {
        block.texts[index].x += x
        block.texts[index].baseline += y
      }
      for index in glyphs.indices {
        block.glyphs[index].origin.x += x
        block.glyphs[index].origin.y += y
      }
      for index in marks.indices { block.marks[index] = marks[index].moved(x: x, y: y) }
      return block
    }
  }

  /// One line of text.
  struct PlacedText: Hashable, Sendable {
    enum Anchor: String, Hashable, Sendable {
      case start, middle, end
    }
    /// Words behind the text, on its line. They are set right behind it, however wide its letters turn out to be.
    struct Tail: Hashable, Sendable {
      /// What a blank before it takes at most.
      static let gap = 6.0

      var text: String
      var style: TypeStyle
      var ink: Paint
    }
    var text: String
    /// The place of `anchor`.
    var x: Double
    var baseline: Double
    var style: TypeStyle
    var ink: Paint = .text
    var anchor: Anchor = .start
    var tail: Tail?

    /// The ground the line covers, as estimated.
    var frame: Rect {
      let width = TextWidth.of(text, style) + (tail.map { Tail.gap + TextWidth.of($0.text, $0.style) } ?? 0)
      let left =
        switch anchor {
        case .start: x
        case .middle: x - width / 2
        case .end: x - width
        }
      return Rect(x: left, y: baseline - style.ascent, width: width, height: style.ascent + style.descent)
    }
  }

  struct PlacedGlyph: Hashable, Sendable {
    var glyph: Glyph
    /// Its upper left corner.
    var origin: Point
    /// Of its square.
    var size: Double
    var ink: Paint

    var frame: Rect { Rect(x: origin.x, y: origin.y, width: size, height: size) }
  }

  /// Small drawings that carry a value.
  enum Mark: Hashable, Sendable {
    /// The number of a touchpoint, coloured by its emotion.
    case badge(number: Int, center: Point, emotion: Int?)
    /// A share of 1.
    case bar(Rect, share: Double)
    /// `count` of five dots from the left edge of the first.
    case pips(Int, start: Point, hue: Hue)
    /// A piece of a persona's curve, with its sign.
    case line(PersonaCurve.Look, Rect)
    /// A piece of the curve of what customers felt.
    case felt(Rect)

    /// The ground it covers.
    var frame: Rect {
      switch self {
      case .badge(_, let center, _):
        Rect(
          x: center.x - EmotionBand.dotRadius, y: center.y - EmotionBand.dotRadius, width: 2 * EmotionBand.dotRadius,
          height: 2 * EmotionBand.dotRadius)
      case .bar(let rect, _), .line(_, let rect), .felt(let rect): rect
      case .pips(_, let start, _): Rect(x: start.x, y: start.y - 3, width: 38, height: 6)
      }
    }

    func moved(x: Double, y: Double) -> Mark {
      switch self {
      case .badge(let number, let center, let emotion):
        .badge(number: number, center: Point(x: center.x + x, y: center.y + y), emotion: emotion)
      case .bar(let rect, let share):
        .bar(Rect(x: rect.x + x, y: rect.y + y, width: rect.width, height: rect.height), share: share)
      case .line(let look, let rect):
        .line(look, Rect(x: rect.x + x, y: rect.y + y, width: rect.width, height: rect.height))
      case .felt(let rect): .felt(Rect(x: rect.x + x, y: rect.y + y, width: rect.width, height: rect.height))
      case .pips(let count, let start, let hue):
        .pips(count, start: Point(x: start.x + x, y: start.y + y), hue: hue)
      }
    }
  }
}

extension PictureLayout {
  /// Moves what has been laid out at the origin to its place.
  static func moved(_ blocks: [Block], x: Double, y: Double) -> [Block] { blocks.map { $0.moved(x: x, y: y) } }
}
