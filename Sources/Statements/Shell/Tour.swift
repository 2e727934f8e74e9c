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
        "A funnel counts who gets how far, of the names on the map or in the data; Tab completes them. Is it so all the time? per draws it.",
      statement: "funnel Checkout -> purchase within 1d per week"),
    Step(
      words:
        "Two weeks in April fell out. Who is behind it? drivers looks at every property, of events and of customers, and says which stands out.",
      statement: "drivers of funnel Checkout -> purchase within 1d during 2025-W15 vs 2025-W13 top 3"),
    Step(
      words: "Phones. Behind each figure are people; as and let keep an answer under a name.",
      statement: "let $april = funnel Checkout -> purchase within 1d where device = phone during 2025-W15 .. 2025-W16"),
    Step(
      words: "Those who came to Checkout and went no further.",
      statement: "people $april lost at Checkout top 3"),
    Step(
      words: "And behind each of them a journey. Why was this one lost?",
      statement: "why customer u10034 $april"),
    Step(
      words: "What was found out belongs on the map. Each change is one sentence; undo takes it back, also tomorrow.",
      statement: "note \"phones cannot pay\" on touchpoint Checkout since 2025-04-07 .. 2025-04-20"),
    Step(
      words:
        "Did a win work? lift holds the weeks after it against the weeks before, and both against what ordinary weeks do by themselves.",
      statement: "lift of win \"Guest checkout\""),
    Step(
      words: "Designed beside lived: how many customers reached each stage and touchpoint of the map.",
      statement: "show map with metrics"),
    Step(
      words: "One page for the meeting: figures, wins, losses, pains, and what is left to do.",
      statement: "review"),
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
    guard lesson == nil else {
      throw Diagnostic(.dotOperand, "a lesson is under way, and .tour would leave it", hint: "lesson quit")
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

  /// Runs the step shown, or goes on in the lesson; for an empty line.
  func takeStep() throws(Diagnostic) {
    if isOnTour { try runStep() } else { try takeLessonStep() }
  }

  /// Goes home without a word, for what comes instead.
  func leaveTour() {
    if isOnTour { session.comeHome() }
    forgetTour()
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
    leaveTour()
    say(
      "the tour is over: this is your own workspace again, \(session.writtenPlace); help funnel says more, help lists all"
    )
  }

  private func forgetTour() {
    if let tour { settings.rowLimit = tour.rowLimit }
    tour = nil
  }
}
