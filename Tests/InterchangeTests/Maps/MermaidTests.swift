import JourneyModel
import SourceText
import Testing

@testable import Interchange

@Suite struct MermaidTests {
  private func tasks(_ text: String) throws -> [String] {
    let journey = try MermaidJourney(text)
    return journey.tasks.map { task in
      let section = task.section.map { journey.sections[$0] } ?? "-"
      let score = task.score.map { AttributeValue.number($0).text } ?? "?"
      return "\(section)/\(task.name) \(score) \(task.actors)"
    }
  }

  @Test func headerTitleAndDescription() throws {
    #expect(try MermaidJourney("journey\ntitle A day at the shop").title == "A day at the shop")
    #expect(try MermaidJourney("\n  %% first\n  JOURNEY\n TITLE  Loud \n").title == "Loud")
    let described = try MermaidJourney(
      "journey\n accDescr {\n   How people\n\t buy bags\n } title Bags\naccTitle : Bags, told\nsection Find")
    #expect(described.accDescr == "How people\nbuy bags")
    #expect(described.title == "Bags" && described.accTitle == "Bags, told" && described.sections == ["Find"])
    let oneLine = try MermaidJourney("journey\r\naccdescr: In one line; all of it #1\r\nsection A\r\n")
    #expect(try MermaidJourney("journey\naccDescr: Kept\naccDescr { }").accDescr == "Kept")
    #expect(oneLine.accDescr == "In one line; all of it #1" && oneLine.sections == ["A"])
  }

  @Test func frontMatterDirectivesAndComments() throws {
    let text = """

          ---
          title: "From the front"
          config:
            journey:
              maxLabelWidth: 100
          ---
          %%{init: {
            'theme': 'forest'}}%%
          journey
            %% a comment: 5: Me
            # another: 4
            section Find # and one behind
              Search: 4: Ada # told twice
      """
    let journey = try MermaidJourney(text)
    #expect(journey.title == "From the front")
    #expect(try tasks(text) == ["Find/Search 4 [\"Ada\"]"])
    #expect(journey.tasks.map(\.line) == [14])
    #expect(try MermaidJourney("---\ntitle: Front\n---\njourney\ntitle Own").title == "Own")
  }

  @Test func tasksScoresAndActors() throws {
    #expect(
      try tasks(
        "journey\nEarly: 2\nsection Buy\n Pay:5: Ada , Bo\n Wait : 1 :Ada\n Alone: 3\n Nobody: 3:\n Odd: 2rem\n Half: 2.5: A: B\n None: : C\n"
      )
        == [
          "-/Early 2 []", "Buy/Pay 5 [\"Ada\", \"Bo\"]", "Buy/Wait 1 [\"Ada\"]", "Buy/Alone 3 []",
          "Buy/Nobody 3 [\"\"]",
          "Buy/Odd ? []", "Buy/Half 2.5 [\"A\"]", "Buy/None 0 [\"C\"]",
        ])
    #expect(try tasks("journey; section A; B: 1: X; C: 2") == ["A/B 1 [\"X\"]", "A/C 2 []"])
    #expect(try tasks("journey\nsection A\nsection A\nJourney home: 4") == ["A/Journey home 4 []"])
    #expect(
      try tasks("journey\nsection Pay<br>now\nA#58; B#59; #35;1 #quot;C#quot;: 3: D#44; E, F") == [
        "Pay now/A: B; #1 \"C\" 3 [\"D, E\", \"F\"]"
      ])
  }

  @Test func whatMermaidWouldNotRead() {
    let said = { (text: String) -> String in
      do throws(Diagnostic) {
        return "no error: \(try MermaidJourney(text, file: "f").tasks.count) tasks"
      } catch {
        return "\(error.place ?? "-"): \(error.message) [\(error.code)]"
      }
    }
    #expect(said("graph TD\nA --> B") == "f:1:1: the diagram does not begin with 'journey' [mermaid.not-a-journey]")
    #expect(said("\njourneys\n") == "f:2:1: the diagram does not begin with 'journey' [mermaid.not-a-journey]")
    #expect(said("journey\n\n  Pay\n") == "f:3:6: 'Pay' has no score [mermaid.task-score]")
    #expect(said("journey\nPay:\n") == "f:2:5: 'Pay' has no score [mermaid.task-score]")
    #expect(said("journey\n: 5") == "f:2:1: a task has no name [mermaid.task-name]")
    #expect(said("journey\nsection A: B") == "f:2:10: the name of a section holds no ':' [mermaid.section-colon]")
    #expect(said("journey\nsection ;") == "f:2:9: a section has no name [mermaid.section-name]")
    #expect(said("journey\naccDescr {\nnever\nclosed") == "f:2:1: the description is not closed [mermaid.unclosed]")
    #expect(said("---\nno end\njourney") == "f:1:1: the diagram does not begin with 'journey' [mermaid.not-a-journey]")
  }

  @Test func aJourneyBecomesAMap() throws {
    let reading = try MapFormat.mermaid.read(
      """
      journey
        title The shop
        accDescr: How people buy
        Hear of it: 4
        section Buy
          Pay: 5: Ada, Bo, Ada
          Pay: 3.5: Ada
          Wait: 9
          Think: soon
        section Buy
          Pay: 0:
      """, file: "f", name: "shop")
    let map = reading.map
    #expect(map.title == "The shop" && map.name == "shop" && map.notes == ["How people buy"])
    #expect(map.all(.stage).map(\.name) == ["Start", "Buy", "Buy (2)"])
    let told = map.all(.touchpoint).map {
      "\($0.parent?.name ?? "")/\($0.name) \($0.scale(.emotion)?.description ?? "-") \($0.texts(.persona))"
    }
    #expect(
      told == [
        "Start/Hear of it 1 []", "Buy/Pay 2 [\"Ada\", \"Bo\"]", "Buy/Pay (2) 1 [\"Ada\"]", "Buy/Wait 2 []",
        "Buy/Think - []",
        "Buy (2)/Pay (3) -2 []",
      ])
    #expect(map.all(.persona).map(\.name) == ["Ada", "Bo"])
    #expect(
      reading.warnings.map { "\($0.place ?? "-"): \($0.message) [\($0.code)]" } == [
        "f:11:1: the section 'Buy' stands here again and is called 'Buy (2)' [mermaid.name-repeated]",
        "f:4:1: tasks before the first section are put in a stage 'Start' [mermaid.section-missing]",
        "f:7:1: the score 3.5 of 'Pay' is taken as 4 [mermaid.score-rounded]",
        "f:7:1: the task 'Pay' stands here again and is called 'Pay (2)' [mermaid.name-repeated]",
        "f:8:1: the score 9 of 'Wait' is taken as 5 [mermaid.score-rounded]",
        "f:9:1: the score of 'Think' is not a number, so it has no emotion [mermaid.score-unread]",
        "f:11:1: the score 0 of 'Pay' is taken as 1 [mermaid.score-rounded]",
        "f:11:1: the task 'Pay' stands here again and is called 'Pay (3)' [mermaid.name-repeated]",
      ])
  }

  @Test func aMapBecomesAJourney() throws {
    let buy = ElementReference(.stage, "Buy: now")
    let map = try JourneyMap(
      name: "shop",
      elements: [
        Element(.stage, "Buy: now"), Element(.touchpoint, "title page", under: buy),
        Element(.touchpoint, "%off 5%", under: buy),
        Element(
          .touchpoint, "Pay #1; fast", under: buy,
          attributes: [.emotion: [.integer(-2)], .persona: [.text("Ada, L"), .text("Bo")]]),
        Element(.pain, "Slow", under: buy), Element(.pain, "Dear", under: buy), Element(.channel, "web"),
        Element(.persona, "Bo"), Element(.persona, "Unseen"),
      ])
    let written = MapFormat.mermaid.write(map)
    #expect(
      written.text == """
        journey
            title shop
            section Buy#58; now
              #116;itle page: 3
              #37;off 5%: 3
              Pay #35;1#59; fast: 1: Ada#44; L, Bo

        """)
    #expect(
      written.warnings.map { "\($0.message) [\($0.code)]" } == [
        "2 touchpoints without an emotion drawn with score 3 [mermaid.emotion-assumed]",
        "mermaid cannot hold 1 persona, 1 channel, 2 pains [mermaid.left-out]",
      ])
  }

  @Test func aDiagramIsFoundInMarkdown() throws {
    let text = "# Notes\n\n```mermaid\ngraph TD\n```\n\n~~~ Mermaid\njourney\n  section A\n  B: 9\n~~~\n"
    let reading = try MapFormat.markdown.read(text, file: "f", name: "m")
    #expect(reading.map.all(.touchpoint).map(\.name) == ["B"])
    #expect(reading.warnings.map(\.place) == ["f:10:1"])
    #expect(throws: Diagnostic.self) { try MapFormat.markdown.read("# Notes", file: "f", name: "m") }
  }

  /// What took time by the square of its size: names that are taken, directives and diagrams without an end.
  @Test(.timeLimit(.minutes(2))) func muchOfTheSame() throws {
    let count = 20_000
    let tasks = "journey\nsection s\n" + String(repeating: "a: 3\n", count: count)
    let map = try MapFormat.mermaid.read(tasks, file: "f", name: "m").map
    #expect(map.all(.touchpoint).last?.name == "a (\(count))")
    let sections = "journey\n" + (0..<count).map { "section s\($0)\na\($0): 3\n" }.joined()
    #expect(try MapFormat.mermaid.read(sections, file: "f", name: "m").map.all(.stage).count == count)
    let directives = "journey\n" + String(repeating: "%%{\n", count: 10 * count) + "section s\na: 3\n"
    #expect(try MermaidJourney(directives).tasks.count == 1)
    let fences = String(repeating: "```mermaid\npie\n```\n", count: 2 * count) + "```mermaid\njourney\na 3\n```\n"
    let error = #expect(throws: Diagnostic.self) { try MapFormat.markdown.read(fences, file: "f", name: "m") }
    #expect(error?.place == "f:\(6 * count + 3):4")
  }

  @Test func noTextBringsTheReadersDown() throws {
    var random = RandomMap(seed: 77)
    let pieces = [
      "journey\n", "title ", "section ", ":", "#", ";", "\n", "%%", "%%{", "}%%", "accDescr {", "}", "---\n", "5",
      "#35;",
      "stages:\n", "  - ", "name: ", "{", "[", "\"", "'", "|", "&a ", "*a ", "kind,name\n", ",", "\\u", "购", "\u{0}",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      for format in MapFormat.allCases {
        guard let reading = try? format.read(text, file: "f", name: "m") else { continue }
        #expect(
          try MapFormat.yaml.read(MapFormat.yaml.write(reading.map).text, file: "f", name: "m").map == reading.map)
      }
    }
  }
}
