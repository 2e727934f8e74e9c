import Language

extension DiagnosticCode {
  /// What a question names, and what its clauses do not allow.
  static let ofQuestions: [DiagnosticCode] = [
    .init("statement.not-yet", "The statement is read, and this version does not answer it yet."),
    .init("statement.no-question", "Only a question can stand here: funnel, count, describe, people, check map."),
    .init("step.unknown", "No touchpoint, stage, event or defined step has this name; the hint is the nearest."),
    .init(
      "step.ambiguous", "The name means several things that match different events. Say which: event cart, stage Cart."),
    .init("touchpoint.unknown", "The map in use has no touchpoint of this name. An event is meant by event NAME."),
    .init("stage.unknown", "The map in use has no stage of this name."),
    .init("event.unknown", "The events in use have none of this name; show events lists them."),
    .init("events.none", "The question needs events, and none are loaded."),
    .init("events.unknown", "The workspace has no events of this name. They are named by the as of load events."),
    .init("customer.unknown", "No customer of the events in use has this id. Letter case counts."),
    .init("property.unknown", "No event in use has a property of this name; describe lists them."),
    .init("test.kind", "The two sides of a test are of different kinds: text stands in quotes, numbers do not."),
    .init(
      "value.unknown", "A warning: no event has this text as the property, so that the test is true of none."),
    .init("value.kind", "Only properties that are numbers add up; the hint lists those."),
    .init("people.unknown", "No segment and no persona has this name."),
    .init("people.ambiguous", "A segment and a persona have this name. Say which: segment NAME, persona NAME."),
    .init("people.none", "by persona and by segment need at least one that says who belongs to it."),
    .init("persona.undefined", "The persona does not say who belongs to it; set persona NAME as … does."),
    .init(
      "definition.circular", "A definition leads back to itself, or definitions stand more than 16 deep in each other."),
    .init("variable.unknown", "Nothing is saved under this name. let $name = … saves, and so does as NAME."),
    .init("variable.kind", "What is saved under this name is of another kind than can stand here."),
    .init("path.optional", "The first step is never optional, and beside an optional one stand plain arrows."),
    .init("path.too-short", "The question looks between two required steps, and the path has only one."),
    .init("path.too-long", "With order any a path has at most 16 steps."),
    .init("clause.needs", "The clause says more of another one, and that one is missing."),
    .init("clause.conflict", "Two clauses, or a clause and an arrow, have no meaning together."),
    .init("spot.unknown", "The path has no such step. Steps are named as in the path, or by their number from 1."),
    .init("spot.ambiguous", "The step occurs more than once in the path; its number says which is meant."),
    .init("spot.optional", "Nobody is lost at a step that may be skipped; ask at the required step before it."),
    .init("spot.last", "Nobody is lost at the last required step; those who reach it have completed the path."),
    .init(
      "sort.unknown",
      "Rows are sorted by columns of the answer's tables of groups, units or pairs; the hint lists them."),
    .init("depth.too-much", "depth asks for longer paths than are told; the hint is the most."),
    .init("range.reversed", "The second date of a range lies before the first."),
    .init("range.too-long", "last reaches back beyond the year 1; the hint is the most that it can."),
    .init("store.empty", "last 12 weeks counts from the last event, and there is none."),
    .init("zone.unknown", "No time zone has this name. Names are those of the IANA database: Europe/Oslo, UTC."),
  ]

  /// What running a question, an assertion or a script can end with.
  static let ofAnswers: [DiagnosticCode] = [
    .init("assert.failed", "The figure is not as it should be. A script stops here with status 3."),
    .init("assert.kind", "The figure and what it is held against are of different kinds: a duration and a number."),
    .init("assert.several", "An answer in groups or periods has several figures, and an assertion holds one."),
    .init("figure.unknown", "The answer has no figure of this name; the hint is the nearest."),
    .init("figure.none", "The answer has no figures, so nothing can be held against it."),
    .init("few.customers", "A warning: so few customers took the first step that its shares are rough."),
    .init("people.unsaved", "A list of people is kept by the name of its funnel, so the funnel needs a name first."),
    .init("let.name", "$1, $2, … and $_ are set by the session itself."),
    .init("script.too-large", "A script has 16 MiB at most; it is read whole before it runs."),
    .init(
      "memory.short",
      "The statement takes more memory than is safe under the limits of this process: ulimit -v, or its control group."),
    .init("run.circular", "A script runs itself, or scripts run each other more than 16 deep."),
    .init("run.interrupted", "It was stopped by Ctrl-C. Nothing has changed."),
    .init("run.limit", "The question is larger than can be answered; the message says which limit it exceeds."),
    .init("run.failed", "A fault of waymark itself. Please report it together with the statement."),
    .init("store.damaged", "A column of the events fails its checksum or its form; the message says which."),
    .init("store.replaced", "Another process saved the events anew while they were read; ask again."),
  ]

  /// What dot-commands and greetings refuse.
  static let ofTheShell: [DiagnosticCode] = [
    .init("dot.unknown", "No dot-command has this name; .help lists them."),
    .init(
      "edit.failed", "The editor of .edit could not be run, or ended with an error; the statement was not run again."),
    .init("dot.operand", "The dot-command takes something else; the hint says what."),
    .init("sample.taken", "Events of your own have the name of the sample, which does not replace them."),
    .init("sample.unknown", "No sample has this name; there is one, shop."),
  ]
}
