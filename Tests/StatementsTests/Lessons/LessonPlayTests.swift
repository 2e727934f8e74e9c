import Foundation
import Outside
import SourceText
import Testing

@testable import Statements

/// A lesson played statement by statement.
@Suite struct LessonPlayTests {
  private func bakery(_ text: String = LessonBench.bakery, keptIn kept: String? = nil) throws -> LessonBench {
    let bench = try LessonBench(keptIn: kept)
    try bench.write(text, to: "bakery.way.md")
    return bench
  }

  private func folder() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)/lessons").path
  }

  @Test func anyWayThatGetsThereIsRight() throws {
    let bench = try bakery()
    let begun = bench.type("lesson \"bakery.way.md\"")
    #expect(begun.contains("lesson \"bakery.way.md\": A bakery") && begun.contains("Welcome to the bakery."))
    #expect(begun.contains("1.1  ▱▱ 0/2  The counter") && begun.contains("\ntask: Put the stage `Counter`"))
    #expect(bench.type("add stage Shop").contains("▱▱ 0/2 the stage Counter is missing"))
    #expect(bench.type("add touchpoint Choosing to Shop").contains("the stage Counter is missing"))
    #expect(bench.type("help stage", "show map").contains("the stage Counter is missing"))
    // Neither the solution's words nor its order.
    let passed = bench.type("rename stage Shop to counter")
    #expect(passed.contains("✓ 1.1 is done ▰▱ 1/2") && passed.contains("1.2  ▰▱ 1/2  How many"))
    #expect(bench.type("describe").contains("nothing was counted"))
    #expect(bench.type("count for did Choosing", "count").contains("✓ 1.2 is done ▰▰ 2/2"))
    #expect(bench.said.contains("You can bake.") && bench.said.contains("This is your own workspace again, in memory"))
    #expect(bench.type("show map").contains("[map.none]"))
  }

  @Test func aMistakeIsToldInItsWords() throws {
    let bench = try bakery()
    bench.type("lesson \"bakery.way.md\"")
    #expect(bench.type("add stage Choosing").contains("▱▱ 0/2 choosing is a touchpoint, within a stage\n"))
    #expect(bench.type("undo").contains("the stage Counter is missing"))
  }

  @Test func hintsSayMoreAndMore() throws {
    let bench = try bakery()
    bench.type("lesson \"bakery.way.md\"")
    let hints = [
      "hint 1 of 3: Large parts", "hint 2 of 3: The form", "then `add touchpoint Choosing to Counter`.", "hint 3 of 3",
    ]
    for hint in hints { #expect(bench.type("hint").contains(hint)) }
    bench.type("skip")
    #expect(bench.type("hint").contains("this step has no hints"))
  }

  @Test func skipBackAndAgainMakeTheStateAnew() throws {
    let bench = try bakery()
    bench.type("lesson \"bakery.way.md\"", "add stage Counter", "add stage Oven")
    let skipped = bench.type("skip")
    #expect(skipped.contains("  add touchpoint Choosing to Counter\n") && skipped.contains("added stage 'Counter'"))
    #expect(skipped.contains("✓ 1.1 skipped ▰▱ 1/2") && !bench.type("show stages").contains("Oven"))
    #expect(bench.type("back").contains("1.1  ▰▱ 1/2  The counter"))
    #expect(!bench.type("show touchpoints").contains("Choosing"))
    bench.type("add stage Oven")
    #expect(!bench.type("again", "show stages").contains("Oven"))
    // By hand it is done, however it was done before.
    #expect(bench.type("add stage Counter", "add touchpoint Choosing to Counter").contains("1.1 is done"))
    #expect(bench.type("skip").contains("lesson \"bakery.way.md\" is done: 2 steps, 1 skipped"))
    #expect(bench.type("lesson \"bakery.way.md\"").contains("1.1  ▰▰ 2/2"))
  }

  @Test func whatIsMissingForAStepIsMadeAnew() throws {
    let bench = try bakery()
    bench.type("lesson \"bakery.way.md\"", "add stage Counter", "add touchpoint Choosing to Counter")
    // Exploring takes away what the step stands on; the next begins all the same.
    bench.type("new map other", "forget events", "back", "skip")
    #expect(bench.type("count").contains("1.2 is done"))
  }

  @Test func ownThingsStayAsTheyAre() throws {
    let bench = try bakery()
    bench.type("new map mine", "add stage Mine", "let $x = 7d", ".rows 30")
    bench.type("lesson \"bakery.way.md\"", "let $x = 1d", "add stage Counter", ".zone Asia/Tokyo")
    #expect(bench.shell.settings.rowLimit == 12)
    let left = bench.type("lesson quit")
    #expect(left.contains("is left; it goes on there, at step 1.1. This is your own workspace again, in memory"))
    #expect(bench.shell.settings.rowLimit == 30)
    #expect(bench.type("show stages").contains("Mine") && !bench.said.contains("Counter"))
    #expect(bench.type("show results").contains("7d") && bench.type(".zone") == "UTC\n")
    #expect(bench.type("hint").contains("no lesson is under way [lesson.none]"))
  }

  @Test func anotherWorkspaceEndsIt() throws {
    let bench = try bakery()
    bench.type("lesson \"bakery.way.md\"")
    #expect(
      bench.type("new workspace \"other.waymark\"").contains("is left at step 1.1, since another workspace was opened"))
    #expect(!bench.shell.isInLesson)
  }

  @Test func progressIsKeptAfterEachStep() throws {
    let kept = folder()
    defer { try? FileManager.default.removeItem(atPath: (kept as NSString).deletingLastPathComponent) }
    let bench = try bakery(keptIn: kept)
    bench.type("lesson \"bakery.way.md\"", "hint", "add stage Counter", "add touchpoint Choosing to Counter")
    // Another shell, as after a kill; the same file by another path.
    let again = try LessonBench(keptIn: kept)
    let resumed = again.type("lesson \"\(bench.folder)/bakery.way.md\"")
    #expect(resumed.contains("1.2  ▰▱ 1/2  How many") && again.type("count").contains("1.2 is done"))
    #expect(bench.type("lesson quit", "lesson forget \"bakery.way.md\"").contains("begins anew"))
    #expect(bench.type("lesson \"bakery.way.md\"").contains("1.1  ▱▱ 0/2"))
    try "{".write(toFile: kept + "/1.json", atomically: true, encoding: .utf8)
    #expect(bench.type("lesson 1").contains("[lesson.progress]") && bench.said.contains("hint: lesson forget 1"))
    #expect(bench.type("lesson forget 1", "lesson 1").contains("1.1"))
  }

  @Test func aFaultOfTheLessonIsNoMistake() throws {
    let faulty = LessonBench.bakery.replacing(
      "assert $_ is \"count\" else \"nothing was counted\"", with: "assert $_ = count where nothing = 1 else \"count\"")
    let bench = try bakery(faulty)
    bench.type("lesson \"bakery.way.md\"", "skip")
    let told = bench.type("count")
    #expect(told.contains("this check of the lesson is faulty, and no mistake of yours; skip goes on"))
    #expect(told.contains("bakery.way.md:49:25"))
    #expect(bench.type("skip").contains("1.2 skipped"))
  }

  @Test func aTeacherMayRefuseSkipping() throws {
    let bench = try bakery(LessonBench.bakery.replacing("title: A bakery", with: "title: A bakery\nskip: off"))
    #expect(bench.type("lesson \"bakery.way.md\"", "skip").contains("[lesson.skip]"))
    #expect(bench.type("skip").contains("hint: hint"))
  }

  @Test func behindAShutDoorFilesStayShut() throws {
    let bench = try LessonBench(door: .shut)
    #expect(bench.type("lesson \"bakery.way.md\"").contains("[safe.refused]"))
    #expect(bench.type("lesson 1").contains("1.1"))
    #expect(bench.type("lesson export \"a.progress\" as \"Anna\"").contains("no lesson was begun"))
    #expect(bench.type("skip", "lesson export \"a.progress\" as \"Anna\"").contains("[safe.refused]"))
    // A lesson that the command names is read; what it loads is not.
    let loading = LessonBench.bakery.replacing("simulate 20 customers seed 1", with: "load events \"e.csv\"")
    let named = try LessonBench(door: .shut)
    try named.shell.run(.text(Array(loading.utf8), name: "bakery.way.md"))
    #expect(named.type("add stage Counter", "add touchpoint Choosing to Counter").contains("[safe.refused]"))
  }

  @Test func aTourAndALessonDoNotMix() throws {
    let bench = try bakery()
    bench.type("lesson \"bakery.way.md\"")
    #expect(bench.type(".tour").contains("hint: lesson quit"))
  }

  @Test func whatIsHandedInIsSigned() throws {
    let bench = try bakery()
    #expect(bench.type("lesson export \"a.progress\" as \" \"").contains("hint: as \"Anna B.\""))
    bench.type("lesson \"bakery.way.md\"", "hint", "add stage Counter", "add touchpoint Choosing to Counter", "skip")
    bench.type("lesson export \"a.progress\" as \"Anna\"")
    let text = try String(contentsOfFile: bench.folder + "/a.progress", encoding: .utf8)
    try bench.write(text.replacing("Anna", with: "Bob"), to: "b.progress")
    try bench.write("{}", to: "c.progress")
    var faults: [String] = []
    let teacher = try LessonBench()
    let files = ["a", "b", "c"].map { "\(bench.folder)/\($0).progress" }
    #expect(try teacher.shell.grade([files[0]]) { faults.append($0.code.name) } && faults.isEmpty)
    #expect(teacher.said.contains("Anna  A bakery      2      0           1        1           2  yes"))
    #expect(try !teacher.shell.grade(files) { faults.append($0.code.name) })
    #expect(faults == ["lesson.altered", "lesson.progress"] && teacher.said.contains("Bob   A bakery"))
  }
}
