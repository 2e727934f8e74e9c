import Interchange
import Rendering

/// A format that something can be exported in.
struct FileFormat {
  let name: String
  /// Of files in it, without the dot.
  let endings: [String]

  /// What an SVG can be made into, wherever one can be exported.
  static let pictures = PictureFormat.allCases.map { FileFormat(name: $0.rawValue, endings: [$0.rawValue]) }
  /// Of answers.
  static let answers = Format.allCases.filter { !$0.endings.isEmpty }.map(FileFormat.init) + pictures
  /// Of maps: those they are read in, and pictures.
  static let maps =
    MapFormat.allCases.map { FileFormat(name: $0.rawValue, endings: $0.endings) }
    + [.svg, .html].map(FileFormat.init) + pictures
  /// Of what is read from its beginning to its end.
  static let documents = [Format.markdown, .html].map(FileFormat.init)
  /// Of events: texts, and what DuckDB writes.
  static let events =
    EventTextFormat.allCases.compactMap { Format(rawValue: $0.rawValue) }.map(FileFormat.init)
    + [FileFormat(name: "parquet", endings: ["parquet"])]

  /// Each once.
  static let all = (maps + answers + events).reduce(into: [FileFormat]()) { all, format in
    if !all.contains(where: { $0.name == format.name }) { all.append(format) }
  }
}

extension FileFormat {
  private init(_ format: Format) { self.init(name: format.rawValue, endings: format.endings) }
}
