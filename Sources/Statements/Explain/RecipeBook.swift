import Foundation
import Interchange
import SourceText

/// What the cookbook holds, to be found by words: docs/COOKBOOK.md as it stands in the program.
struct RecipeBook {
  private let recipes: [Recipe]

  struct Recipe {
    let title: String
    let group: String
    /// In Markdown.
    let text: String
    let statements: [String]
  }

  /// Headings of the second level are groups, those of the third recipes; statements are what stands behind `way> ` in a transcript.
  init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    let notebook = try Notebook(bytes, file: file)
    var (recipes, group) = ([Recipe](), "")
    let ends = notebook.headings.dropFirst().map(\.range.lowerBound) + [bytes.count]
    for (heading, end) in zip(notebook.headings, ends) {
      if heading.level == 2 { group = heading.text }
      guard heading.level == 3 else { continue }
      let body = heading.range.upperBound..<end
      let blocks = notebook.blocks.filter { body.contains($0.start) }
      let text = bytes[body.lowerBound..<(blocks.first?.start ?? body.upperBound)]
      let lines = blocks.flatMap { notebook.text(of: $0).split(separator: "\n") }
      recipes.append(
        Recipe(
          title: heading.text, group: group,
          text: String(decoding: text, as: UTF8.self).trimmingBlanks.replacing(/\[([^\]]*)\]\([^)]*\)/) { $0.1 },
          statements: Self.statements(in: lines.map(String.init))))
    }
    self.recipes = recipes
  }

  /// Those of a transcript; a line that begins with `...>` goes on with the one before.
  private static func statements(in lines: [String]) -> [String] {
    var statements: [String] = []
    for line in lines {
      if line.hasPrefix("way> ") {
        statements.append(String(line.dropFirst(5)))
      } else if line.hasPrefix("...> "), let last = statements.popLast() {
        statements.append(last + " " + line.dropFirst(5).trimmingBlanks)
      }
    }
    return statements
  }

  /// All titles by group, or the recipes that fit the words best, with their statements. Throws where none does.
  func text(on words: [String], at span: Range<Int>?) throws(Diagnostic) -> String {
    guard !words.isEmpty else { return contents }
    let found = recipes(on: words)
    guard let best = found.first else {
      throw Diagnostic(
        .recipeUnknown, "no recipe is about '\(words.joined(separator: " "))'", at: span, hint: "help recipes")
    }
    let shown = found.prefix(Self.mostShown).filter { $0.words == best.words }.map(\.recipe)
    let others = found.dropFirst(shown.count).prefix(Self.mostShown).map { "  " + $0.recipe.title }
    let texts = shown.map { recipe in
      ([recipe.title] + (recipe.text.isEmpty ? [] : ["  " + recipe.text.split(separator: "\n").joined(separator: " ")])
        + recipe.statements.map { "    " + $0 }).joined(separator: "\n")
    }
    return (texts + (others.isEmpty ? [] : [(["more:"] + others).joined(separator: "\n")])).joined(separator: "\n\n")
  }

  private static let mostShown = 4

  private var contents: String {
    var (lines, group) = ([String](), "")
    for recipe in recipes {
      if recipe.group != group {
        group = recipe.group
        lines += (lines.isEmpty ? [] : [""]) + [group]
      }
      lines.append("  " + recipe.title)
    }
    return (lines + ["", "help recipes weekly conversion: those about these words, with their statements"])
      .joined(separator: "\n")
  }

  /// Those that hold most of the words first; of these, those that hold them in their titles.
  private func recipes(on words: [String]) -> [(recipe: Recipe, words: Int)] {
    let wanted = words.map(Self.stem).filter { !$0.isEmpty }
    let rated = recipes.enumerated().compactMap {
      place, recipe -> (place: Int, recipe: Recipe, words: Int, title: Int)? in
      let title = Self.stems(of: recipe.title)
      let all = title.union(Self.stems(of: recipe.text + " " + recipe.statements.joined(separator: " ")))
      let held = wanted.count { word in all.contains { Self.isAbout($0, word) } }
      let inTitle = wanted.count { word in title.contains { Self.isAbout($0, word) } }
      return held == 0 ? nil : (place, recipe, held, inTitle)
    }
    return rated.sorted { ($1.words, $1.title, $0.place) < ($0.words, $0.title, $1.place) }.map {
      ($0.recipe, $0.words)
    }
  }

  /// Whether a word begins as another: `attribute` as `attribution`.
  private static func isAbout(_ word: String, _ wanted: String) -> Bool {
    word.hasPrefix(wanted) || word.commonPrefix(with: wanted).count >= max(5, wanted.count - 4)
  }

  private static func stems(of text: String) -> Set<String> {
    Set(text.split { !$0.isLetter && !$0.isNumber }.map { stem(String($0)) })
  }

  /// A word without the endings that say how it is used: `drops` and `dropped` are `drop`.
  private static func stem(_ word: String) -> String {
    let word = word.lowercased()
    for ending in ["ing", "ies", "ed", "es", "s"] where word.hasSuffix(ending) && word.count - ending.count >= 3 {
      let stem = word.dropLast(ending.count)
      return stem.last == stem.dropLast().last && ending != "s" ? String(stem.dropLast()) : String(stem)
    }
    return word
  }
}

extension DiagnosticCode {
  package static let recipeUnknown = DiagnosticCode(
    "recipe.unknown", "No recipe of the cookbook holds any of these words; help recipes lists all.")
}
