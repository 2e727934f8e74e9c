import JourneyTime
import Testing

@testable import Rendering

/// Charts of all kinds but trends: golden files, and what holds of any values.
@Suite struct ChartTests {
  private static let widths = [300.0, 358, 640, 1_088]
  private let context = RenderingContext()

  private func expectGoldens(_ table: Table, _ name: String) throws {
    for (kind, width) in [("wide", 640.0), ("narrow", 358)] {
      let chart = try #require(try table.chart(width: width, isAlone: true, in: context))
      try expectSound(chart, width: width, name)
      try expectGolden(chart.markup, "chart.\(name).\(kind)")
    }
  }

  private func table(_ picture: Picture) -> Table { Table(columns: [Table.Column("x")], rows: [], picture: picture) }

  // MARK: Samples

  private static let arcs: Arcs = {
    let names = ["Home", "Product <page>", "Cart", "Checkout 概要"]
    let ways = [(0, 1, 9_000), (1, 2, 2_500), (1, 0, 1_100), (2, 3, 900), (1, 1, 60), (1, 3, 30), (3, 0, 1)]
    return Arcs(
      nodes: zip(names, [10_000, 9_060, 2_500, 930]).map { Arcs.Node($0, times: $1, ends: $1 / 3) },
      arcs: ways.map {
        Arcs.Arc(from: $0.0, to: $0.1, times: $0.2, customers: $0.2 / 2, median: .duration(.seconds(95)))
      }, isPartial: false)
  }()

  private static let tree = Tree(
    branches: [
      Tree.Branch(
        ["Cart"], customers: 9_000,
        branches: [
          Tree.Branch(
            ["Checkout", "Delivery & payment"], customers: 5_000,
            branches: [Tree.Branch(["Thanks"], customers: 4_448), Tree.Branch(["(end)"], customers: 552)]),
          Tree.Branch(["Home"], customers: 2_036), Tree.Branch(["Product", "Home", "Product"], customers: 684),
        ])
    ], others: 1_280, customers: 9_000, isRooted: true)

  private static let histogram = Histogram(
    "customers",
    bins: [
      Histogram.Bin(.seconds(5), .seconds(15), count: 10), Histogram.Bin(.seconds(15), .seconds(30), count: 20),
      Histogram.Bin(.seconds(30), .minutes(1), count: 0), Histogram.Bin(.minutes(1), nil, count: 1_060),
    ], marks: [.init("p10", .seconds(20)), .init("median", .seconds(70)), .init("p90", .seconds(110))])

  /// A triangle of cohorts: after n weeks a share of 0.9 / (n + 1)².
  private static func cohorts(_ count: Int) -> Table {
    let units = (0..<count).map { Table.Column("week \($0)", isShaded: true) }
    let rows = (0..<count).map { week -> [Cell] in
      let shares: [Cell] = (0..<count).map { unit -> Cell in
        let square = Double((unit + 1) * (unit + 1))
        return unit < count - week ? Cell.share(0.9 / square) : Cell.unobserved
      }
      let head: [Cell] = [.text("2025-W\(week + 10)"), .integer(1_000 + week)]
      return head + shares
    }
    return Table(title: "cohorts", columns: [Table.Column("week"), Table.Column("customers")] + units, rows: rows)
  }

  private static let steps = Table(
    title: "steps",
    columns: [
      Table.Column("step"), Table.Column("customers"), Table.Column("of first", isBar: true, showsLoss: true),
    ],
    rows: [
      [.text("visit"), .integer(9_000), .share(1)], [.text("add_to_cart"), .integer(4_000), .rate(4_000, of: 9_000)],
      [.text("a step <b> with a name that is longer than anybody would call it"), .integer(30), .rate(30, of: 9_000)],
    ])

  private static let courses = Table(
    columns: [
      Table.Column("kpi"), Table.Column("target"), Table.Column("now"), Table.Column("course"), Table.Column("verdict"),
    ],
    rows: [
      [.text("Checkout rate"), .share(0.4), .share(0.511), .course([3, 2, nil, 4, 1, 5]), .text("met")],
      [.text("Orders <b>"), .missing, .share(0.04), .course([1, 1, 1, nil, 2, nil]), .text("missed")],
    ])

  // MARK: Golden files

  @Test func arcs() throws { try expectGoldens(table(.arcs(Self.arcs)), "arcs") }
  @Test func tree() throws { try expectGoldens(table(.tree(Self.tree)), "tree") }
  @Test func histogram() throws { try expectGoldens(table(.histogram(Self.histogram)), "histogram") }
  @Test func matrix() throws { try expectGoldens(Self.cohorts(8), "matrix") }
  @Test func bars() throws { try expectGoldens(Self.steps, "bars") }
  @Test func courses() throws { try expectGoldens(Self.courses, "courses") }

  // MARK: What is told

  @Test func everythingIsTold() throws {
    func told(_ table: Table, _ width: Double = 640) throws -> (titles: [String], texts: [String], caption: String?) {
      let chart = try #require(try table.chart(width: width, isAlone: true, in: context))
      let reading = try expectSound(chart, width: width)
      return (reading.titles, reading.texts.map(\.text), chart.caption)
    }
    let arcs = try told(table(.arcs(Self.arcs)))
    #expect(
      arcs.titles.contains("Home → Product <page>: 9,000 times, 90.0 % of the step, 4,500 customers, median 1m 35s"))
    #expect(arcs.titles.contains("Cart: 2,500 times, 833 of these the last"))
    #expect(["9,000", "1,100", "60", "10,000", "Product <page>"].allSatisfy(arcs.texts.contains))

    let tree = try told(table(.tree(Self.tree)))
    #expect(tree.titles.contains("Checkout → Delivery & payment: 5,000 customers, 55.6 %"))
    #expect(tree.titles.contains("(other): 1,280 customers, 14.2 %") && tree.texts.contains("Product → Home → Product"))

    let histogram = try told(table(.histogram(Self.histogram)))
    #expect(histogram.titles.contains("1m or longer: 1,060 customers") && histogram.texts.contains("median 1m 10s"))

    let matrix = try told(Self.cohorts(8))
    #expect(matrix.titles.contains("2025-W10, week 1: 22.5 %") && matrix.titles.count == 36)
    #expect(matrix.texts.contains("23") && matrix.texts.contains("5.6") && matrix.texts.count { $0 == "…" } == 28)
    // Where there is no room for figures the shape is left, and what grounds mean.
    let shape = try told(Self.cohorts(30), 358)
    #expect(shape.titles.count == 465 && !shape.texts.contains("23") && shape.texts.contains("90.0 %"))

    let bars = try told(Self.steps)
    #expect(bars.titles.contains("add_to_cart: 4,000, 44.4 %, −5,000") && bars.texts.contains("−5,000"))
    #expect(bars.texts.contains("4,000 · 44.4 %"))

    let courses = try told(Self.courses)
    #expect(courses.titles == ["Checkout rate: target 40.0 %, now 51.1 %, met", "Orders <b>: now 4.0 %, missed"])
  }

  @Test func whatIsDrawnIsCapped() throws {
    let branches = (0..<500).map { Tree.Branch(["step \($0)"], customers: 1_000 - $0) }
    let nodes = (0..<400).map { Arcs.Node("step \($0)", times: 1_000, ends: 0) }
    let ways = (0..<400).flatMap { from in
      (0..<10).map { Arcs.Arc(from: from, to: (from * 7 + $0) % 400, times: 900, customers: 1, median: .missing) }
    }
    var (many, wide) = (Self.steps, Self.cohorts(100))
    many.rows = Array(repeating: Self.steps.rows[1], count: 10_000)
    wide.rows = Array(repeating: wide.rows[0], count: 10_000)
    let tables = [
      (table(.tree(Tree(branches: branches, others: 0, customers: 500_000))), "not drawn: 440 more branches"),
      (table(.arcs(Arcs(nodes: nodes, arcs: ways, isPartial: false))), "not drawn: 3,970 rarer arcs"),
      (many, "drawn: the first 40 of 10,000 rows"), (wide, "drawn: the first 40 of 10,000 rows"),
      (Self.cohorts(400), "no room for the last"),
    ]
    for (table, remark) in tables {
      let chart = try #require(try table.chart(width: 640, isAlone: true, in: context))
      #expect(chart.caption?.contains(remark) == true, "\(chart.caption ?? "none")")
      #expect(chart.markup.utf8.count < 1_000_000)
      try expectSound(chart, width: 640, remark)
    }
  }

  /// What is empty has no chart, or one that holds nothing.
  @Test func nothingToDraw() throws {
    let tables = [
      table(.arcs(Arcs(nodes: [], arcs: [], isPartial: false))),
      table(.arcs(Arcs(nodes: [], arcs: Self.arcs.arcs, isPartial: false))),
      table(.tree(Tree(branches: [], others: 0, customers: 0))),
      table(.histogram(Histogram("customers", bins: [], marks: []))),
      table(.histogram(Histogram("customers", bins: [Histogram.Bin(.seconds(0), nil, count: 0)], marks: []))),
      Self.cohorts(0), Table(columns: Self.steps.columns, rows: []), Table(columns: [], rows: []),
    ]
    for table in tables {
      for width in Self.widths {
        guard let chart = try table.chart(width: width, isAlone: true, in: context) else { continue }
        try expectSound(chart, width: width)
      }
    }
  }

  // MARK: Any values

  @Test(arguments: 0..<60) func nothingIsClippedAndNoTextLiesOnAnother(seed: Int) throws {
    var chance = Chance(UInt64(seed))
    for table in [arcs(&chance), tree(&chance), histogram(&chance), matrix(&chance), bars(&chance), courses(&chance)] {
      for width in Self.widths {
        guard let chart = try table.chart(width: width, isAlone: true, in: context) else { continue }
        try expectSound(chart, width: width, "\(seed): \(chart.title), \(width)")
      }
    }
  }

  private func name(_ chance: inout Chance) -> String {
    chance.isHead ? Samples.nasty.randomElement(using: &chance) ?? "" : "step"
  }

  private func count(_ chance: inout Chance) -> Int {
    [0, 1, -3, 20_000, .max, .min, Int.random(in: 0...900, using: &chance)].randomElement(using: &chance) ?? 0
  }

  private func arcs(_ chance: inout Chance) -> Table {
    let count = Int.random(in: 1...14, using: &chance)
    let nodes = (0..<count).map { _ in Arcs.Node(name(&chance), times: self.count(&chance), ends: 1) }
    let ways = (0..<[3, 12, 40].randomElement(using: &chance, or: 3)).map { _ in
      Arcs.Arc(
        from: Int.random(in: -1...count, using: &chance), to: Int.random(in: 0..<count, using: &chance),
        times: self.count(&chance), customers: 1, median: .missing)
    }
    return table(.arcs(Arcs(nodes: nodes, arcs: ways, isPartial: chance.isHead)))
  }

  private func tree(_ chance: inout Chance) -> Table {
    func branches(_ depth: Int) -> [Tree.Branch] {
      (0..<Int.random(in: 0...3, using: &chance)).map { _ in
        let steps = (0..<Int.random(in: 1...3, using: &chance)).map { _ in name(&chance) }
        return Tree.Branch(steps, customers: count(&chance), branches: depth > 0 ? branches(depth - 1) : [])
      }
    }
    return table(
      .tree(
        Tree(
          branches: branches([1, 3, 9].randomElement(using: &chance, or: 1)), others: 7, customers: count(&chance),
          isRooted: chance.isHead, goesBack: chance.isHead)))
  }

  private func histogram(_ chance: inout Chance) -> Table {
    let edges = (0..<Int.random(in: 1...24, using: &chance)).map { Duration.seconds(Int64(1) << Int64($0)) }
    let bins = edges.enumerated().map { index, start in
      Histogram.Bin(start, index + 1 < edges.count ? edges[index + 1] : nil, count: count(&chance))
    }
    let times = [Duration.seconds(0), .seconds(2), .days(3), Duration(microseconds: .max)]
    let marks = ["p10", "median", "p90"].map { Histogram.Mark($0, times.randomElement(using: &chance, or: times[0])) }
    return table(.histogram(Histogram("customers", bins: bins, marks: marks)))
  }

  private func cell(_ chance: inout Chance) -> Cell {
    let cells: [Cell] = [
      .share(Double.random(in: 0...1, using: &chance)), .share(0.0001), .rate(3, of: 7), .missing, .unobserved,
      .share(-2), .share(1e300), .share(.nan), .share(.infinity),
    ]
    return cells.randomElement(using: &chance, or: .missing)
  }

  private func matrix(_ chance: inout Chance) -> Table {
    let columns = Int.random(in: 1...40, using: &chance)
    return Table(
      title: name(&chance),
      columns: [Table.Column("group"), Table.Column("customers")]
        + (0..<columns).map { Table.Column(chance.isHead ? "week \($0)" : name(&chance), isShaded: true) },
      rows: (0..<Int.random(in: 0...9, using: &chance)).map { _ in
        [.text(name(&chance)), .integer(count(&chance))] + (0..<columns).map { _ in cell(&chance) }
      })
  }

  private func bars(_ chance: inout Chance) -> Table {
    Table(
      title: name(&chance),
      columns: [
        Table.Column("step"), Table.Column("to"), Table.Column("customers"),
        Table.Column("share", isBar: true, showsLoss: chance.isHead),
      ],
      rows: (0..<Int.random(in: 0...9, using: &chance)).map { _ in
        [.text(name(&chance)), .text(name(&chance)), .integer(count(&chance)), cell(&chance)]
      })
  }

  private func courses(_ chance: inout Chance) -> Table {
    let columns = [Table.Column("kpi"), Table.Column("now"), Table.Column("course"), Table.Column("remark")]
    let numbers: [Double?] = [0, -1, 1e308, -1e308, .nan, .infinity, nil, 2.5]
    let rows = (0..<Int.random(in: 0...5, using: &chance)).map { _ -> [Cell] in
      let course = (0..<Int.random(in: 0...9, using: &chance)).map { _ in numbers.randomElement(using: &chance, or: 0) }
      return [.text(name(&chance)), .integer(count(&chance)), .course(course), .text(name(&chance))]
    }
    return Table(columns: columns, rows: rows)
  }
}

extension Array {
  fileprivate func randomElement(using chance: inout Chance, or other: Element) -> Element {
    randomElement(using: &chance) ?? other
  }
}
