import Language
import Rendering
import SourceText
import Workspace

/// A way through the language on the sample shop: each step says what comes and holds the statement that shows it.
package struct Tour: Sendable {
  struct Step: Sendable {
    let words: String
    let statement: String
  }

  static let steps: [Step] = [
    Step(
      words:
        "A shop of fashion accessories: the journey its team designed, and what 20,000 customers did from November to June.",
      statement: "load sample shop"),
    Step(
      words:
        "The map as designed: stages from left to right, their touchpoints, what people feel there, pains and wins.",
      statement: "show map"),
    Step(
      words:
        "A funnel counts who gets how far; by compares groups. Names come from the map or from the data, and Tab completes.",
      statement: "funnel Cart -> Checkout -> purchase by device"),
    Step(
      words:
        "Phones lose most. Since when? per draws it over time, during bounds it, and as keeps the answer as $april.",
      statement: "funnel Checkout -> purchase within 1d by device per week during 2025-03-24 .. 2025-05-04 as april"),
    Step(
      words: "Behind each figure are people: those who came to Checkout and went no further.",
      statement: "people $april lost at Checkout"),
    Step(
      words: "And behind each of them a journey. Why was this one lost?",
      statement: "why customer u10034 $april"),
    Step(
      words: "What was found out belongs on the map. Each change is one sentence.",
      statement: "add pain \"Cards fail on phones\" to Checkout severity 5 owner Payments"),
    Step(
      words: "And each is taken back by another, also tomorrow; redo makes it again.",
      statement: "undo"),
    Step(
      words: "Designed beside lived: how many customers reached each stage and touchpoint of the map.",
      statement: "show map with metrics"),
    Step(
      words: "A picture for the wall. This writes waymark-tour.html into this folder, all that the tour leaves behind.",
      statement: "export map to \"waymark-tour.html\""),
  ]

  /// Rows of tables that are shown on it.
  static let rowLimit = 8

  private(set) var place = 0
  /// The person's own, to come back to.
  let rowLimit: Int?

  /// nil behind the last step.
  var step: Step? { Self.steps.indices.contains(place) ? Self.steps[place] : nil }

  mutating func goOn() { place += 1 }
}

extension Shell {
  /// What Enter on an empty line runs while a tour is under way; else empty.
  package var offeredStatement: String { isOnTour ? tour?.step?.statement ?? "" : "" }

  /// Whether a tour is under way; opening another workspace ends it.
  private var isOnTour: Bool { tour != nil && session.isVisiting }

  /// `.tour`, `.tour next`, `.tour skip`, `.tour stop`: at a prompt a step at a time, elsewhere all of it.
  func tour(_ operand: String) throws(Diagnostic) {
    guard ["", "next", "skip", "stop"].contains(operand) else {
      throw .dotOperand(".tour", operand, choices: ["next", "skip", "stop"])
    }
    guard operand.isEmpty || isOnTour else {
      throw Diagnostic(.dotOperand, ".tour \(operand) needs a tour that has begun", hint: ".tour")
    }
    switch operand {
    case "next": try runStep()
    case "skip": goOn()
    case "stop": endTour()
    default: isOnTour ? showStep() : try beginTour()
    }
  }

  private func beginTour() throws(Diagnostic) {
    let scratch = try session.attempt(Workspace.inMemory(interruption: session.currentRun.interruption))
    session.visit(scratch)
    tour = Tour(rowLimit: settings.rowLimit)
    settings.rowLimit = min(settings.rowLimit ?? Tour.rowLimit, Tour.rowLimit)
    guard !isAtPrompt else {
      say("A tour in a workspace of its own: yours stays as it is.")
      say(
        "Enter runs what a step shows; anything else can be typed, too. .tour skip goes on, .tour stop leaves.")
      return showStep()
    }
    while isOnTour, let step = tour?.step {
      showStep()
      say("")
      do {
        try perform(step.statement)
      } catch {
        if error.code == .runInterrupted {
          endTour()
          throw error
        }
        say(text(of: error, in: step.statement))
      }
      tour?.goOn()
    }
    endTour()
  }

  private func runStep() throws(Diagnostic) {
    guard let step = tour?.step else { return }
    try perform(step.statement)
    goOn()
  }

  /// After what was typed has run: on to the next step if it was the one shown.
  func followTour(typed text: String) {
    guard isOnTour else {
      // What was typed opened another workspace.
      if tour != nil { forgetTour() }
      return
    }
    if text.trimmingBlanks == tour?.step?.statement { goOn() }
  }

  /// Runs the step shown; for an empty line.
  func takeStep() throws(Diagnostic) {
    if isOnTour { try runStep() }
  }

  private func goOn() {
    tour?.goOn()
    if tour?.step == nil { endTour() } else { showStep() }
  }

  private func showStep() {
    guard let place = tour?.place, let step = tour?.step else { return }
    say((place == 0 ? "" : "\n") + "tour, \(place + 1) of \(Tour.steps.count): \(step.words)\n  \(step.statement)")
  }

  private func endTour() {
    session.comeHome()
    forgetTour()
    let place = session.workspace.path.map { "'\(session.files.written($0))'" } ?? "in memory"
    say("the tour is over: this is your own workspace again, \(place); help funnel says more, help lists all")
  }

  private func forgetTour() {
    if let tour { settings.rowLimit = tour.rowLimit }
    tour = nil
  }
}
