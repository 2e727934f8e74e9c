import TestSupport

/// One part of Waymark that reads what others wrote, as a function of bytes: it may refuse them, but never traps, hangs, takes
/// memory without bound or contradicts itself.
package struct FuzzTarget: Sendable {
  package let name: String
  /// Bytes that an input may have.
  package let longest: Int
  /// What inputs are made of: `libFuzzer` puts these in.
  package let words: [String]
  /// An input that is mostly as it should be.
  package let example: @Sendable (inout SeededRandom) -> [UInt8]
  /// Throws a `Contradiction` where what came of the bytes cannot be right, and for nothing else.
  package let read: @Sendable ([UInt8]) throws -> Void

  package init(
    _ name: String, longest: Int = 4_096, words: [String] = [],
    example: @escaping @Sendable (inout SeededRandom) -> [UInt8], read: @escaping @Sendable ([UInt8]) throws -> Void
  ) {
    (self.name, self.longest, self.words, self.example, self.read) = (name, longest, words, example, read)
  }

  package static let all: [FuzzTarget] = [
    .statements, .printing, .prompt, .tables, .json, .xes, .logs, .packed, .databases, .maps, .workspaces, .columns,
    .prose,
  ]
}

/// What two ways to one answer disagree about, or what a text lacks that it must have.
package struct Contradiction: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

extension FuzzTarget {
  /// The input changed by chance where `libFuzzer`'s own ways seldom go: whole lines of examples come in, lines go, change
  /// places, are doubled, and words of the target stand where others were.
  package func changed(_ input: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    var lines = input.split(separator: newline, omittingEmptySubsequences: false).map(Array.init)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0...lines.count, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: lines = [example(&random)]
      case 1, 2: lines.insert(line(&random), at: place)
      case 3: if place < lines.count { lines[place] = line(&random) }
      case 4: if place < lines.count { lines.remove(at: place) }
      case 5: if place < lines.count { lines.insert(lines[place], at: place) }
      case 6: lines.shuffle(using: &random)
      default: if place < lines.count { put(words.randomElement(using: &random) ?? "", into: &lines[place], &random) }
      }
    }
    return Array(lines.joined(separator: [newline]).prefix(longest))
  }

  private func line(_ random: inout SeededRandom) -> [UInt8] {
    example(&random).split(separator: UInt8(ascii: "\n")).randomElement(using: &random).map(Array.init) ?? []
  }

  /// In place of a few bytes, or of none.
  private func put(_ word: String, into line: inout [UInt8], _ random: inout SeededRandom) {
    let start = Int.random(in: 0...line.count, using: &random)
    let end = min(line.count, start + Int.random(in: 0...12, using: &random))
    line.replaceSubrange(start..<end, with: word.utf8)
  }
}
