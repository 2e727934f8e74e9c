import JourneyModel
import SourceText

/// A map read from a file, with what had to be said about it.
package struct MapReading: Sendable, Equatable {
  package var map: JourneyMap
  /// What was changed or left out to make a map of it; each names its place in the file.
  package var warnings: [Diagnostic]
}

/// The text of a map in some format, with what the format could not hold.
package struct MapWriting: Sendable, Equatable {
  package var text: String
  package var warnings: [Diagnostic]
  /// Cells that a spreadsheet would take for formulas, or would without what was done about them.
  package var formulaCount = 0
}
