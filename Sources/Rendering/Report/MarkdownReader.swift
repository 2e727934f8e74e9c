import CMd4c

/// Reads CommonMark with GitHub's tables, strikethrough, task lists and autolinks, by md4c. HTML in it is text like any other.
@safe final class MarkdownReader {
  fileprivate let take: (MarkdownEvent) -> Bool

  private init(_ take: @escaping (MarkdownEvent) -> Bool) { self.take = take }

  /// Hands on one event after the other until `take` wants no more; false if it did, or if the text is too much for md4c.
  static func read(_ text: String, _ take: @escaping (MarkdownEvent) -> Bool) -> Bool {
    let reader = MarkdownReader(take)
    var parser = MD_PARSER()
    parser.flags = UInt32(
      MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEURLAUTOLINKS
        | MD_FLAG_PERMISSIVEWWWAUTOLINKS | MD_FLAG_PERMISSIVEEMAILAUTOLINKS | MD_FLAG_NOHTMLBLOCKS
        | MD_FLAG_NOHTMLSPANS)
    unsafe parser.enter_block = { unsafe MarkdownReader.of($2).pass(MarkdownElement(block: $0, $1), isBegin: true) }
    unsafe parser.leave_block = { unsafe MarkdownReader.of($2).pass(MarkdownElement(block: $0, $1), isBegin: false) }
    unsafe parser.enter_span = { unsafe MarkdownReader.of($2).pass(MarkdownElement(span: $0, $1), isBegin: true) }
    unsafe parser.leave_span = { unsafe MarkdownReader.of($2).pass(MarkdownElement(span: $0, $1), isBegin: false) }
    unsafe parser.text = { unsafe MarkdownReader.of($3).pass($0, $1, $2) }
    var text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    return text.withUTF8 { bytes in
      guard let size = MD_SIZE(exactly: bytes.count) else { return false }
      // SAFETY: md4c reads `size` bytes, and calls back within this call only, in which the reader and the bytes live.
      return withExtendedLifetime(reader) {
        let start = unsafe UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
        return unsafe md_parse(start, size, &parser, Unmanaged.passUnretained(reader).toOpaque()) == 0
      }
    }
  }

  /// The reader that `md_parse` was called with.
  @unsafe private static func of(_ reader: UnsafeMutableRawPointer?) -> MarkdownReader? {
    unsafe reader.map { unsafe Unmanaged<MarkdownReader>.fromOpaque($0).takeUnretainedValue() }
  }
}

/// What md4c calls: 0 to go on; less ends all of the reading, more a part of it alone.
extension MarkdownReader? {
  fileprivate func pass(_ element: MarkdownElement?, isBegin: Bool) -> Int32 {
    guard let element else { return 0 }
    return pass(isBegin ? .begin(element) : .end(element))
  }

  @unsafe fileprivate func pass(_ type: MD_TEXTTYPE, _ text: UnsafePointer<MD_CHAR>?, _ size: MD_SIZE) -> Int32 {
    switch type {
    case MD_TEXT_NULLCHAR: return pass(.text("\u{FFFD}"))
    case MD_TEXT_BR: return pass(.lineBreak(isSeen: true))
    case MD_TEXT_SOFTBR: return pass(.lineBreak(isSeen: false))
    case MD_TEXT_ENTITY:
      let name = unsafe String(markdown: text, size)
      return pass(name.namedCharacter.map(MarkdownEvent.text) ?? .entity(name))
    default: return unsafe pass(.text(String(markdown: text, size)))
    }
  }

  private func pass(_ event: MarkdownEvent) -> Int32 { self?.take(event) == true ? 0 : -1 }
}

extension MarkdownElement {
  /// Nil of what is nothing by itself.
  @unsafe fileprivate init?(block type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
    // SAFETY: md4c hands the detail that its header names for the type.
    switch type {
    case MD_BLOCK_QUOTE: self = .quote
    case MD_BLOCK_UL: self = .bullets
    case MD_BLOCK_OL:
      self = unsafe .numbers(from: Int(detail?.load(as: MD_BLOCK_OL_DETAIL.self).start ?? 1))
    case MD_BLOCK_LI:
      let item = unsafe detail?.load(as: MD_BLOCK_LI_DETAIL.self)
      self = .item(isDone: item?.is_task == 1 ? item?.task_mark != CChar(UInt8(ascii: " ")) : nil)
    case MD_BLOCK_HR: self = .rule
    case MD_BLOCK_H: self = unsafe .heading(level: Int(detail?.load(as: MD_BLOCK_H_DETAIL.self).level ?? 1))
    case MD_BLOCK_CODE: self = .code
    case MD_BLOCK_P: self = .paragraph
    case MD_BLOCK_TABLE: self = .table
    case MD_BLOCK_THEAD: self = .head
    case MD_BLOCK_TBODY: self = .body
    case MD_BLOCK_TR: self = .row
    case MD_BLOCK_TH, MD_BLOCK_TD:
      let alignment: Alignment =
        switch unsafe detail?.load(as: MD_BLOCK_TD_DETAIL.self).align {
        case MD_ALIGN_LEFT: .left
        case MD_ALIGN_CENTER: .center
        case MD_ALIGN_RIGHT: .right
        default: .usual
        }
      self = .cell(alignment, isHead: type == MD_BLOCK_TH)
    default: return nil
    }
  }

  @unsafe fileprivate init?(span type: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) {
    // SAFETY: as for blocks.
    switch type {
    case MD_SPAN_EM: self = .emphasis
    case MD_SPAN_STRONG: self = .strong
    case MD_SPAN_DEL: self = .struck
    case MD_SPAN_CODE: self = .codeSpan
    case MD_SPAN_A:
      guard let link = unsafe detail?.load(as: MD_SPAN_A_DETAIL.self) else { return nil }
      self = unsafe .link(to: String(markdown: link.href), title: String(markdown: link.title))
    case MD_SPAN_IMG:
      guard let image = unsafe detail?.load(as: MD_SPAN_IMG_DETAIL.self) else { return nil }
      self = unsafe .image(of: String(markdown: image.src), title: String(markdown: image.title))
    default: return nil
    }
  }
}

extension String {
  @unsafe fileprivate init(markdown text: UnsafePointer<MD_CHAR>?, _ size: MD_SIZE) {
    // SAFETY: md4c hands a text with its size.
    self = unsafe String(
      decoding: UnsafeRawBufferPointer(start: text, count: text == nil ? 0 : Int(size)), as: UTF8.self)
  }

  /// An address or a title; characters that only HTML knows by name stay names.
  @unsafe fileprivate init(markdown attribute: MD_ATTRIBUTE) {
    self = ""
    guard let text = unsafe attribute.text, let types = unsafe attribute.substr_types,
      let offsets = unsafe attribute.substr_offsets
    else { return }
    // SAFETY: parts begin at the offsets, the first at 0, and one more offset, the size, ends them.
    var part = 0
    while unsafe offsets[part] < attribute.size {
      let (start, end) = unsafe (offsets[part], offsets[part + 1])
      let piece = unsafe String(markdown: text + Int(start), end - start)
      switch unsafe types[part] {
      case MD_TEXT_NULLCHAR: self += "\u{FFFD}"
      case MD_TEXT_ENTITY: self += piece.namedCharacter ?? piece
      default: self += piece
      }
      part += 1
    }
  }

  /// The character that an entity names by its number, or one of those that XML knows; nil of others.
  fileprivate var namedCharacter: String? {
    let known = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&apos;": "'"]
    guard hasPrefix("&#") else { return known[self] }
    let digits = dropFirst(2).dropLast()
    let number = digits.first?.lowercased() == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return String(number.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) } ?? "\u{FFFD}")
  }
}
