import Outside
import SourceText

/// What a drawing of ours, an SVG document, can be made into.
package enum PictureFormat: String, CaseIterable, Sendable {
  /// Twice as many pixels as the drawing has units, so that it is sharp on a screen and in a document.
  case png
  /// One page of the drawing's size, a unit being 1/96 inch; its texts stay texts.
  case pdf

  /// The longest side that it can have, in pixels of 1/96 inch: what librsvg draws, and the 200 inches that a page of PDF 1.7 has at most.
  fileprivate var lengthLimit: Double { self == .png ? 32_767 : 19_200 }
}

/// librsvg's command line: it makes PNG and PDF of what we draw.
package struct PictureConverter: Sendable {
  private let program: OutsideProgram

  /// The one that `WAYMARK_RSVG` names, else the first `rsvg-convert` on the `PATH`; throws if there is none, and at a shut door.
  package init(_ door: Door, _ environment: [String: String]) throws(Diagnostic) {
    guard let found = try door.installed("rsvg-convert", orIn: "WAYMARK_RSVG", environment) else {
      throw Diagnostic(
        .rsvgMissing, "PNG and PDF are made by librsvg's command line, and no 'rsvg-convert' is on the PATH",
        hint: "apt install librsvg2-bin fonts-liberation")
    }
    program = found
  }

  /// The bytes of a file in this format.
  ///
  /// - Parameters:
  ///   - svg: a drawing of ours, whose `viewBox` says its size; it needs nothing from elsewhere.
  ///   - check: called again and again while it takes; may throw to stop.
  package func bytes(
    of svg: String, as format: PictureFormat, check: () throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> [UInt8] {
    let length = Self.length(of: svg)
    guard length <= format.lengthLimit else {
      throw Diagnostic(
        .rsvgFailed,
        "the picture is \(Int(length)) pixels long, and a \(format.rawValue.uppercased()) can be \(Int(format.lengthLimit))",
        hint: "as svg")
    }
    var arguments = ["--format", format.rawValue, "--unlimited"]
    if format == .png { arguments += ["--zoom", 2 * length <= format.lengthLimit ? "2" : "1"] }
    guard let child = ChildProcess(program.given(arguments), isRead: true) else {
      throw Diagnostic(.rsvgFailed, "'\(program.name)' cannot be started")
    }
    // It reads all before it writes; what it does not read it complains of.
    _ = child.write(Array(svg.utf8))
    child.closeInput()
    var (buffer, bytes) = ([UInt8](repeating: 0, count: 64 << 10), [UInt8]())
    while case let count = try child.read(into: &buffer, at: 0, room: buffer.count, check: check), count > 0 {
      bytes += buffer[..<count]
    }
    let (status, errors) = child.end()
    guard status == 0, !bytes.isEmpty else {
      let words = errors.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300)
      throw Diagnostic(.rsvgFailed, words.isEmpty ? "rsvg-convert ended with status \(status)" : "librsvg: \(words)")
    }
    return bytes
  }

  /// Of the longer side; 0 where no size is said.
  private static func length(of svg: String) -> Double {
    guard let start = svg.firstRange(of: "viewBox=\"")?.upperBound else { return 0 }
    let sides = svg[start...].prefix { $0 != "\"" }.split(separator: " ").suffix(2)
    return sides.compactMap { Double($0) }.max() ?? 0
  }
}

extension DiagnosticCode {
  package static let rsvgMissing = DiagnosticCode(
    "rsvg.missing", "PNG and PDF are made of the SVG by librsvg's command line, rsvg-convert, and it is not installed.")
  package static let rsvgFailed = DiagnosticCode(
    "rsvg.failed", "librsvg cannot make a PNG or PDF of the picture; the message says why.")
}
