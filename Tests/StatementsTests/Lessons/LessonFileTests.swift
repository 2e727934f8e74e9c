import Interchange
import Outside
import SourceText
import Testing

@testable import Statements

/// What is wrong with a lesson's file is told with its line; what is right is proven.
@Suite struct LessonFileTests {
  private static let lesson = LessonBench.bakery

  @Test func aSoundLessonIsProven() throws {
    let checked = try LessonBench.check(Self.lesson)
    #expect(checked == (0, "l.way.md: 2 steps done by their solutions, 1 mistakes told and refused\n"))
  }

  private struct Fault: Sendable {
    let old: String
    let new: String
    let status: Int32
    let told: [String]
    init(_ old: String, _ new: String, _ status: Int32 = 1, _ told: String...) {
      (self.old, self.new, self.status, self.told) = (old, new, status, told)
    }
  }

  private static let faults = [
    Fault("```way check\nassert stage", "```way skip\nassert stage", 1, "l.way.md:17", "does not say what it is for"),
    Fault("```way solution\ncount\n```", "", 1, "l.way.md:38", "step 1.2 has no solution", "[lesson.step]"),
    Fault("## 1.2 How", "## 1.1 How", 1, "l.way.md:38", "step 1.1 stands in line 7, too", "[lesson.step]"),
    Fault("3. `add stage", "`add stage", 1, "step 1.1 has 2 hints", "hint: the idea, the form, the statement"),
    Fault("## 1.1 The counter", "# The counter", 1, "this block stands in no step", "[lesson.form]"),
    Fault("title: A bakery", "workspace: x.waymark", 1, "a lesson begins in an empty workspace"),
    Fault("title: A bakery", "skip: of", 1, "skip is on or off", "hint: skip: off"),
    Fault("title: A bakery", "minutes: many", 1, "minutes is a number"),
    Fault(
      "assert stage Counter else", "add stage Counter\nassert stage Counter else", 3, "l.way.md:18:1", "a check asserts"
    ),
    Fault("assert stage Counter else", "assert stag Counter else", 1, "l.way.md:18:13", "hint: "),
    Fault("way setup\nsimulate", "way setup check\nsimulate", 1, "'check' is not a word of a fence"),
    Fault("way setup\nsimulate", "way setop\nsimulate", 1, "hint: setup"),
    // What only playing it shows.
    Fault("add stage Counter\n", "", 1, "l.way.md:28:25", "stage", "[map.element-unknown]"),
    Fault(
      "count\n```", "describe\n```", 3, "l.way.md:48", "not done by its own solution: nothing was counted",
      "[lesson.check]"),
    Fault(
      "new map bakery", "new map bakery\nadd stage Counter\nadd touchpoint Choosing to Counter", 1, "l.way.md:19",
      "done before anything is typed"),
    Fault("add stage Choosing\n", "", 3, "l.way.md:22", "nothing here makes this mistake"),
    Fault("add stage Choosing\n", "add stage Other\n", 3, "l.way.md:22", "its own example does not make this mistake"),
    Fault(
      "add stage Choosing\nassert stage Choosing", "add stage Counter\nassert stage Counter", 3,
      "is taken for this mistake"),
    Fault(" else \"choosing is a touchpoint, within a stage\"", "", 3, "this mistake has nothing to say"),
    Fault("new map bakery", "run \"l.way.md\"", 1, "l.way.md:14:1", "a lesson begins no other"),
    Fault("new map bakery", "run \"self.way\"", 1, "self.way:1:1", "[run.circular]"),
    Fault("new map bakery", "new map", 1, "l.way.md:14:8", "[statement.incomplete]"),
  ]

  @Test(arguments: faults.indices)
  func aFaultIsToldWithItsPlace(_ index: Int) throws {
    let fault = Self.faults[index]
    #expect(Self.lesson.contains(fault.old))
    let text = Self.lesson.replacing(fault.old, with: fault.new, maxReplacements: 1)
    let checked = try LessonBench.check(text)
    #expect(checked.status == fault.status, "\(fault.old): \(checked.told)")
    for words in fault.told { #expect(checked.told.contains(words), "\(fault.old): \(checked.told)") }
  }

  /// Nothing that a file holds traps.
  @Test func brokenFilesAreErrors() throws {
    let lines = Self.lesson.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines.indices {
      let without = lines.enumerated().filter { $0.offset != line }.map { String($0.element) }.joined(separator: "\n")
      let cut = lines[...line].joined(separator: "\n")
      for text in [without, cut] {
        do { _ = try Lesson(Notebook(Array(text.utf8), file: "l.way.md")) } catch {
          #expect(error.place?.hasPrefix("l.way.md") ?? false, "\(line): \(error.message)")
        }
      }
    }
  }
}
