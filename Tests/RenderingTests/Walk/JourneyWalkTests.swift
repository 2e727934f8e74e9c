import JourneyModel
import SourceText
import Testing

@testable import Rendering

@Suite struct JourneyWalkTests {
  /// Two stages, one without touchpoints, names that mean something to Markdown and HTML, and every figure there is.
  private func walk() throws -> JourneyWalk {
    var map = JourneyMap(name: "fair", title: "The *fair* <2025>")
    func add(_ edit: MapEdit) throws { map = try map.applying(edit) }
    func under(_ kind: ElementKind, _ name: String) -> MapPlace { MapPlace(under: MapPlace.Node(kind, name)) }
    try add(map.edit(adding: .stage, "Come & see"))
    try add(
      map.edit(adding: .touchpoint, "Booth", at: under(.stage, "Come & see"), settings: [(.emotion, [.integer(-1)])]))
    try add(map.edit(adding: .question, "Where?", at: under(.stage, "Come & see")))
    try add(
      map.edit(adding: .pain, "A # queue", at: under(.touchpoint, "Booth"), settings: [(.severity, [.integer(3)])]))
    try add(map.edit(adding: .stage, "Buy"))
    try add(map.edit(adding: .persona, "Gourmet", settings: [], meaning: "did tasting"))
    var walk = JourneyWalk(map, as: map.all(.persona).first, remarks: ["100 customers in the events"])
    walk.measure(
      0,
      WalkFigures(
        onMap: 90, came: 50, wentOn: 30,
        instead: [(next: .nothing, customers: 12), (next: .place("Booth"), customers: 5), (next: .other, customers: 3)])
    )
    return walk
  }

  @Test func asDocuments() throws {
    try expectGolden(walk().markdown, "walk.markdown")
    try expectGolden(walk().html, "walk.html")
  }

  @Test(arguments: [30, 80]) func asText(width: Int) throws {
    let text = try walk().text(in: RenderingContext(width: width, style: .ascii)).words
    try expectGolden(text, "walk.\(width)")
    for line in text.split(separator: "\n") { #expect(line.displayWidth <= width) }
  }
}
