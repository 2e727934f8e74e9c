import SourceText

/// A Markdown file of statements and their results: blocks are fences `way`, and behind a block stands a region that the machine owns. All
/// else is the author's, and is kept byte for byte.
package struct Notebook: Sendable {
  /// As it was written, for errors.
  package let file: String
  package let bytes: [UInt8]
  package let front: FrontMatter
  /// In their order.
  package let blocks: [Block]
  /// Of its text, in their order.
  package let headings: [Heading]

  /// A line that begins with `#` (CommonMark 0.31, section 4.2).
  package struct Heading: Sendable {
    /// 1 … 6
    package let level: Int
    package let text: String
    /// From 1.
    package let line: Int
    /// Of the whole line, with its end.
    package let range: Range<Int>
  }

  /// A fence `way` and the region behind it.
  package struct Block: Sendable {
    /// The one that is written on the fence, else its number from 1; as no other block has it.
    package let name: String
    package let words: FenceWords
    /// Of the fence, from 1.
    package let line: Int
    /// The line of the fence, with its end.
    package let opening: Range<Int>
    /// What stands between the fences, whole lines, with what they are indented by.
    package let code: Range<Int>
    /// What the fence is indented by; the region is indented alike, so that it stays in its list.
    package let indentation: String
    /// Behind the closing fence and its line end: where a region stands or is put.
    package let end: Int
    package let region: Region?

    /// A recorded conversation, whose lines begin with `way>`: read, never run.
    package let isTranscript: Bool
  }

  /// Whether a file is one by its name.
  package static func isNamed(_ file: String) -> Bool { file.lowercased().hasSuffix(".md") }

  /// Reads a notebook; throws for the first thing in it that is none, with its line.
  package init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    let lines = NotebookLines(bytes, of: file)
    (self.file, self.bytes) = (file, bytes)
    var reader = try NotebookReader(lines)
    try reader.read()
    (front, blocks, headings) = (reader.front, reader.blocks, reader.headings)
  }

  /// Statements of a block, as they stand there.
  package func statements(of block: Block) -> [UInt8] { Array(bytes[block.code]) }

  /// The same for another document: without what the fence is indented by.
  package func text(of block: Block) -> String {
    let text = String(decoding: bytes[block.code], as: UTF8.self).withLineFeeds
    guard !block.indentation.isEmpty else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix(block.indentation) ? line.dropFirst(block.indentation.count) : line
    }.joined(separator: "\n")
  }

  /// The same file with regions put behind blocks in place of those that stand there.
  ///
  /// - Parameter regions: by index of the block, whole lines of `\n`; blocks that are not among them keep what they have.
  package func replacing(_ regions: [Int: String]) -> [UInt8] {
    var (written, place) = ([UInt8](), 0)
    for (index, block) in blocks.enumerated() {
      guard let region = regions[index] else { continue }
      written += bytes[place..<block.end]
      if block.end > 0, bytes[block.end - 1] != UInt8(ascii: "\n") { written += lineEnd(before: block.end) }
      let lines = region.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      for line in lines {
        if !line.isEmpty { written += block.indentation.utf8 }
        written += line.utf8
        written += lineEnd(before: block.end)
      }
      place = block.region?.range.upperBound ?? block.end
    }
    return written + bytes[place...]
  }

  /// What ends the line that ends at a place, or the file's first line.
  private func lineEnd(before place: Int) -> [UInt8] {
    let ends =
      place > 0 && bytes[place - 1] == UInt8(ascii: "\n") ? place - 1 : bytes.firstIndex(of: UInt8(ascii: "\n"))
    guard let ends, ends > 0, bytes[ends - 1] == UInt8(ascii: "\r") else { return [UInt8(ascii: "\n")] }
    return [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
  }
}

extension Notebook {
  /// Prose and blocks in their order, regions left out; for whoever makes another document of a notebook.
  package enum Part: Sendable {
    case prose(String)
    /// By index.
    case block(Int)
  }

  package var parts: [Part] {
    var (parts, place) = ([Part](), front.end)
    func add(_ range: Range<Int>) {
      let prose = String(decoding: bytes[range], as: UTF8.self)
      if prose.contains(where: { !$0.isWhitespace }) { parts.append(.prose(prose)) }
    }
    for (index, block) in blocks.enumerated() where !block.isTranscript {
      add(place..<block.start)
      parts.append(.block(index))
      place = block.region?.range.upperBound ?? block.end
    }
    add(place..<bytes.count)
    return parts
  }
}

extension Notebook.Block {
  /// Whether its statements are run where the notebook is: of a lesson what makes a step's state, and what does the step.
  package var isRun: Bool {
    !isTranscript && !words.isSkipped && (words.role.map { $0 == .setup || $0 == .solution } ?? true)
  }

  /// Where the line of the fence begins.
  package var start: Int { opening.lowerBound }
}
