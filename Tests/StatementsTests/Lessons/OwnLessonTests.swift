import Foundation
import Interchange
import Rendering
import SourceText
import Testing

@testable import Statements

/// The lessons that the program brings along.
@Suite struct OwnLessonTests {
  private static let files = LessonShelf.files

  @Test func theyAreThoseOfDocs() throws {
    let folder = TranscriptRunner.root.appendingPathComponent("docs/lessons")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }.sorted()
    #expect(Self.files.map(\.name) == names && names.count == 12)
    for file in Self.files {
      #expect(try Data(contentsOf: folder.appendingPathComponent(file.name)) == Data(file.bytes))
    }
    let cookbook = TranscriptRunner.root.appendingPathComponent("docs/COOKBOOK.md")
    #expect(try Data(contentsOf: cookbook) == Data(LessonShelf.cookbook))
  }

  /// Each step is done by its solution, and refuses the mistakes that it names.
  @Test(arguments: files.indices)
  func eachIsProven(_ index: Int) throws {
    let text = String(decoding: Self.files[index].bytes, as: UTF8.self)
    let checked = try LessonBench.check(text, name: Self.files[index].name)
    #expect(checked.status == 0, "\(checked.told)")
  }

  /// Typed from beginning to end, in the workspace that the step before left; then skipped from beginning to end.
  @Test(arguments: files.indices, [false, true])
  func eachIsPlayed(_ index: Int, isSkipped: Bool) throws {
    let lesson = try #require(try LessonShelf.lesson(index + 1))
    let bench = try LessonBench()
    bench.type("lesson \(index + 1)")
    for (place, step) in lesson.steps.enumerated() {
      #expect(bench.shell.lesson?.step.id == step.id)
      if isSkipped {
        bench.type("skip")
      } else {
        let pieces = (step.blocks[.solution] ?? []).flatMap { lesson.notebook.pieces(of: $0) }
        // What stands behind what is asked for is for the eyes.
        for piece in pieces where bench.shell.lesson?.place == place { bench.type(piece.text) }
        #expect(bench.said.contains("✓ \(step.id) is done"), "\(bench.said)")
      }
      #expect(
        !bench.said.contains("error:") && !bench.said.contains("the map is as this step needs it"),
        "\(step.id): \(bench.said)")
    }
    #expect(!bench.shell.isInLesson && bench.said.contains("lesson \(index + 1) is done: \(lesson.steps.count) steps"))
  }

  @Test(arguments: files.indices)
  func eachFitsTheScreenAndTheHour(_ index: Int) throws {
    let lesson = try #require(try LessonShelf.lesson(index + 1))
    #expect((5...8).contains(lesson.steps.count) && (8...12).contains(lesson.notebook.front.minutes ?? 0))
    #expect(!lesson.welcome.isEmpty && !lesson.farewell.isEmpty)
    for (place, step) in lesson.steps.enumerated() {
      #expect(step.id == "\(index + 1).\(place + 1)" && step.hints.count == 3 && !step.title.isEmpty)
      let page = LessonPage([.lesson(step.text)])
      let lines = try page.text(in: RenderingContext(width: 80)).words.split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 18, "step \(step.id) takes \(lines.count) lines")
      #expect(lines.allSatisfy { $0.displayWidth <= 80 })
      for text in [step.text] + step.hints { #expect(!text.contains("!  ") && !text.lowercased().contains("simply")) }
    }
  }

  /// The lesson that docs/TEACHING.md shows is one.
  @Test func theLessonForTeachersIsProven() throws {
    let page = try String(contentsOf: TranscriptRunner.root.appendingPathComponent("docs/TEACHING.md"), encoding: .utf8)
    let lesson = try #require(page.components(separatedBy: "````markdown\n").dropFirst().first)
    let checked = try LessonBench.check(try #require(lesson.components(separatedBy: "\n````").first) + "\n")
    #expect(checked.status == 0, "\(checked.told)")
  }

  @Test func theListTellsHowFarOneIs() throws {
    let bench = try LessonBench()
    bench.type("lesson 2", "skip", "lesson quit")
    let list = bench.type("lesson")
    #expect(list.contains("What a journey is") && list.contains(" 1/") && list.contains("lesson 2 goes on at step 2.2"))
    #expect(bench.type("lesson 99").contains("there are 12 lessons, and none is number 99 [lesson.none]"))
  }
}
