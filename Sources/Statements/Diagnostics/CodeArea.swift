import Language
import SourceText

/// Codes that belong together, for the docs.
package struct CodeArea: Sendable {
  /// What they are about, as a heading.
  package let title: String
  package let codes: [DiagnosticCode]

  /// Every code a message can end with, each once. The docs and `help CODE` are written from this list.
  package static let all: [CodeArea] = [
    CodeArea(
      title: "The wording of a statement",
      codes: [
        .statementUnknown, .statementIncomplete, .statementLeftOver, .statementTooLong, .clauseUnknown, .clauseRepeated,
        .clauseUnused, .wordUnknown, .nameExpected, .literalWrong, .symbolUnexpected, .characterUnexpected,
        .bracketUnclosed, .stringUnclosed, .stringEscape, .textNotUtf8, .nestingTooDeep, .topicUnknown,
      ]),
    CodeArea(
      title: "Names, values and clauses of a question",
      codes: [
        .statementNotYet, .statementNoQuestion, .stepUnknown, .stepAmbiguous, .touchpointUnknown, .stageUnknown,
        .stageUnrealised,
        .eventUnknown, .eventsNone, .eventsUnknown, .customerUnknown, .propertyUnknown, .testKind, .valueUnknown,
        .valueKind, .peopleUnknown, .peopleAmbiguous, .peopleNone, .personaUndefined, .definitionCircular,
        .variableUnknown, .variableKind, .pathOptional, .pathTooShort, .pathTooLong, .clauseNeeds, .clauseConflict,
        .spotUnknown, .spotAmbiguous, .spotOptional, .spotLast, .deviationReversed, .sortUnknown, .depthTooMuch,
        .rangeReversed,
        .rangeTooLong, .storeEmpty, .zoneUnknown,
      ]),
    CodeArea(
      title: "Answers, assertions and scripts",
      codes: [
        .assertFailed, .assertKind, .assertSeveral, .figureUnknown, .figureNone, .fewCustomers, .whereReturns,
        .peopleUnsaved,
        .letName, .compareFigure, .compareSides, .compareExpected, .compareOverlap, .compareSizes, .compareByBehaviour,
        .compareExposure, .compareLooks, .compareWindow, .compareSpans, .winUnknown, .winUndated, .liftFigure,
        .liftWindow,
        .incidentInside, .driversRate, .kpisNone, .scriptTooLarge, .memoryShort, .runCircular,
        .runInterrupted,
        .runLimit, .storeDamaged,
        .storeReplaced,
      ]),
    CodeArea(
      title: "Notebooks",
      codes: [
        .notebookFront, .notebookFence, .notebookWord, .notebookRegion, .notebookExpected, .notebookParameter,
        .notebookParameters, .notebookWorkspace, .notebookName,
        .notebookNothing, .notebookThere,
      ]),
    CodeArea(
      title: "Lessons",
      codes: [
        .lessonNone, .lessonSkip, .lessonProgress, .lessonAltered, .lessonForm, .lessonStep, .lessonCheck,
        .recipeUnknown,
      ]),
    CodeArea(title: "The shell", codes: [.dotUnknown, .editFailed, .dotOperand, .sampleTaken, .sampleUnknown]),
    CodeArea(
      title: "Changing a map",
      codes: [
        .mapNone, .mapUnknown, .mapStages, .listUnpriced, .mapElementUnknown, .mapNameTaken, .mapNameBlank,
        .mapParentUnfit,
        .mapParentNeeded,
        .mapParentAmbiguous, .mapSiblingUnfit, .mapSiblingElsewhere, .mapSiblingItself, .mapPlaceNeeded,
        .mapAttributeUnknown, .mapAttributeRepeated, .mapValueUnfit, .mapValuesMany, .mapEmotionUnfit, .mapMeaningUnfit,
        .meaningKind,
        .mapLinkUnfit, .mapLinkTaken, .mapLinkUnknown, .mapNoteBlank, .mapTemplateUnknown, .mapEditStale, .undoNone,
        .redoNone,
      ]),
    CodeArea(
      title: "Findings of check map",
      codes: [
        .mapEmpty, .mapStageEmpty, .mapTouchpointUnlinked, .mapEmotionMissing, .mapEmotionUnmet, .mapOwnerMissing,
        .mapChannelMissing,
        .mapQuestionMissing, .mapChannelUnknown, .mapPersonaUnknown, .mapPersonaUndefined, .mapPersonaUnmet,
        .mapPainUnanswered,
        .mapWinUnmeasured, .mapWinUndated, .mapKpiUnmeasured, .mapKpiUntargeted, .mapGoalUnmeasured, .mapGoalUntargeted,
      ]),
    CodeArea(
      title: "Files",
      codes: [
        .fileMissing, .filePattern, .filePath, .fileDirectory, .fileUnreadable, .fileUnwritable, .fileWorkspace,
        .formatUnknown, .formatUnfit, .exportFormulas, .rsvgMissing, .rsvgFailed, .safeRefused, .saveFile,
      ]),
    CodeArea(
      title: "Files of events",
      codes: [
        .loadAgain, .loadEmpty, .loadNoRows, .loadFormat, .loadTables, .loadNoTable, .loadSqlite, .duckdbMissing,
        .duckdbExtension, .duckdbFailed, .loadBinary, .loadEncoding, .loadNoHeader, .loadNoColumn, .loadRoleMissing,
        .roleRepeated, .loadTimeAmbiguous, .loadTimeMixed, .loadBadRows, .loadOpenQuote, .loadRowTooLong, .loadCut,
        .loadGzCut, .loadGzDamaged, .loadZstCut, .loadZstDamaged, .loadXml, .loadTooManyNames, .loadNameTooLong,
        .loadTooMany, .loadSpill, .loadCancelled,
      ]),
    CodeArea(
      title: "People, surveys and spend",
      codes: [
        .customersNone, .customersRepeated, .customersUnmet, .customerNamed, .identitiesJoinedAll, .identitiesUnmet,
        .identitiesTaken, .surveyNone, .surveyUnknown, .surveyScale, .surveyScales, .spendNone, .spendUndated,
        .spendDates,
      ]),
    CodeArea(title: "Simulated events", codes: [.simulateMap, .simulateMany, .simulateTaken]),
    CodeArea(
      title: "Files of maps",
      codes: [
        .mapFormatUnknown, .mapTooLarge, .mapTooDeep, .mapShape, .mapKeyUnknown, .mapKeyMissing, .mapKeyRepeated,
        .mapKindUnknown, .mapYaml, .mapYamlAlias, .mapJson, .mapCsvQuote, .mapMarkdown, .mermaidNotAJourney,
        .mermaidUnclosed, .mermaidSectionColon, .mermaidSectionName, .mermaidSectionMissing, .mermaidTaskName,
        .mermaidTaskScore, .mermaidScoreUnread, .mermaidScoreRounded, .mermaidNameRepeated, .mermaidEmotionAssumed,
        .mermaidLeftOut,
      ]),
    CodeArea(
      title: "The workspace",
      codes: [
        .workspaceMissing, .workspaceExists, .workspaceIsDirectory, .workspaceNotAWorkspace, .workspaceNewerVersion,
        .workspaceOlderFormat, .workspaceUntrusted, .workspaceDamaged, .workspaceAltered, .workspaceLocked,
        .workspaceDiskFull, .workspaceUnreadable, .workspaceUnwritable, .workspaceReadOnly, .workspaceReplaced,
        .workspaceUnknownName, .workspaceNameTaken, .workspaceUnsaved,
      ]),
  ]

  /// `docs/ERRORS.md`.
  package static var document: String {
    let head = """
      # Codes of errors and warnings

      Every message ends with a code in brackets. Codes are stable: a script may rely on them, a sentence may become clearer.
      `help CODE` says the same at the prompt. This page is written from the list in `Sources/Statements/Diagnostics`;
      `scripts/record` writes it anew.

      """
    let sections = all.map { area in
      let rows = area.codes.map { "| `\($0.name)` | \($0.meaning.replacing("|", with: "\\|")) |" }
      return "## \(area.title)\n\n| code | meaning |\n|---|---|\n" + rows.joined(separator: "\n") + "\n"
    }
    return ([head] + sections).joined(separator: "\n")
  }
}

extension DiagnosticCode {
  package static let all: [DiagnosticCode] = CodeArea.all.flatMap(\.codes)
}
