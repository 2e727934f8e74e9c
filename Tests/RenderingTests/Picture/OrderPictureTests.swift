import SourceText
import Testing

@testable import Rendering

@Suite struct OrderPictureTests {
  private static let order = DesignedOrder(
    stages: [
      .init(name: "Look", seen: 9_572, skipped: 0), .init(name: "Choose", seen: 5_254, skipped: 1_204),
      .init(name: "Buy", seen: 4_318, skipped: 12), .init(name: "Wait for the parcel <by post>", seen: 20, skipped: 0),
      .init(name: "届く", seen: 7, skipped: 3),
    ],
    returns: [
      .init(from: 2, to: 1, customers: 312), .init(from: 3, to: 0, customers: 80), .init(from: 4, to: 3, customers: 41),
      .init(from: 1, to: 0, customers: 3), .init(from: 4, to: 0, customers: 2), .init(from: 3, to: 1, customers: 1),
    ])

  private static func chain(_ count: Int) -> DesignedOrder {
    DesignedOrder(
      stages: (0..<count).map {
        .init(name: "Stage with a rather long name \($0)", seen: 1_000_000 / ($0 + 1), skipped: $0)
      },
      returns: (0..<count - 1).flatMap { to in
        (to + 1..<min(count, to + 5)).map { .init(from: $0, to: to, customers: 900_000 / ($0 + to)) }
      })
  }

  /// Said shortly where a test fails.
  struct Named: CustomTestStringConvertible, Sendable {
    let order: DesignedOrder
    var testDescription: String { "\(order.stages.count) stages" }
  }

  /// Every place that is drawn lies in the picture, numbers with as much room as they need.
  @Test(
    arguments: [order, chain(2), chain(8), chain(64)].map(Named.init),
    [OrderPicture.Direction.row, .column(width: 358)])
  func nothingIsClipped(named: Named, direction: OrderPicture.Direction) throws {
    let picture = try #require(OrderPicture(named.order, direction))
    if case .column(let width) = direction { #expect(picture.width == width) }
    let shift = try #require(picture.markup.firstMatch(of: /translate\(([-\d.]+) ([-\d.]+)\)/))
    let (left, top) = (try #require(Double(shift.1)), try #require(Double(shift.2)))
    func expectInside(_ x: Double, _ y: Double, _ what: Substring) {
      #expect((0...picture.width).contains(x + left) && (0...picture.height).contains(y + top), "\(what)")
    }
    for path in picture.markup.matches(of: /<path d="([^"]*)"/) {
      for place in path.1.matches(of: /([-\d.]+) ([-\d.]+)/) {
        expectInside(try #require(Double(place.1)), try #require(Double(place.2)), path.0)
      }
    }
    for box in picture.markup.matches(
      of: /<rect class="[a-z]+" x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"/)
    {
      let numbers = try [box.1, box.2, box.3, box.4].map { try #require(Double($0)) }
      expectInside(numbers[0], numbers[1], box.0)
      expectInside(numbers[0] + numbers[2], numbers[1] + numbers[3], box.0)
    }
    for text in picture.markup.matches(
      of:
        /<text class="[a-z]+" x="([-\d.]+)" y="([-\d.]+)" text-anchor="(\w+)" font-size="([\d.]+)" font-weight="\d+" fill="[^"]+">([^<]*)</
    ) {
      let x = try #require(Double(text.1))
      let width = TextWidth.of(
        text.5.replacing("&lt;", with: "<").replacing("&gt;", with: ">"), text.4 == "13" ? .body : .name)
      let start = text.3 == "start" ? x : text.3 == "end" ? x - width : x - width / 2
      expectInside(start, try #require(Double(text.2)), text.0)
      expectInside(start + width, try #require(Double(text.2)), text.0)
    }
  }

  /// Who skipped and who came back is said of every arc that is drawn; what there is no room for is counted.
  @Test func everythingIsSaid() throws {
    let row = try #require(OrderPicture(Self.order, .row))
    for title in [
      "Look: 9,572 customers seen", "1,204 customers skipped Choose", "312 customers came back to Choose from Buy",
      "80 customers came back to Look from Wait for the parcel &lt;by post&gt;",
      "1 customer came back to Choose from Wait",
    ] { #expect(row.markup.contains("<title>\(title)"), "\(title)") }
    #expect(row.undrawn == 0 && row.chart.caption?.contains("no room") == false)
    let column = try #require(OrderPicture(Self.chain(8), .column(width: 358)))
    let drawn = column.markup.matches(of: /came back/).count
    #expect(drawn + column.undrawn == Self.chain(8).returns.count && column.undrawn > 0)
    #expect(OrderPicture(DesignedOrder(stages: [.init(name: "a", seen: 1, skipped: 0)], returns: []), .row) == nil)
  }

  @Test func asIs() throws {
    try expectGolden(OrderPicture(Self.order, .row)?.markup ?? "", "order.row")
    try expectGolden(OrderPicture(Self.order, .column(width: 358))?.markup ?? "", "order.column")
  }
}
