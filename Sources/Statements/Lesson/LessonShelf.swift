import CDocuments
import Interchange
import SourceText

/// The lessons that the program brings along, as they stand in docs/lessons.
package enum LessonShelf {
  /// Their files, in their order.
  package static let files: [(name: String, bytes: [UInt8])] = (0..<lesson_count()).map { index in
    // SAFETY: the index is less than the count.
    unsafe file(lesson_document(index))
  }

  /// docs/COOKBOOK.md.
  package static let cookbook: [UInt8] = unsafe file(cookbook_document()).bytes

  private static func file(_ document: embedded_document) -> (name: String, bytes: [UInt8]) {
    // SAFETY: both are constants of the program; the name ends with a zero, the bytes are as many as it says.
    unsafe (
      String(cString: document.name), Array(UnsafeBufferPointer(start: document.bytes, count: document.size))
    )
  }

  /// All of them; a test holds that each can be read.
  package static func lessons() throws(Diagnostic) -> [Lesson] {
    try files.map { (file) throws(Diagnostic) in try lesson(file) }
  }

  /// One by its number, from 1; nil where there is none.
  static func lesson(_ number: Int) throws(Diagnostic) -> Lesson? {
    files.indices.contains(number - 1) ? try lesson(files[number - 1]) : nil
  }

  private static func lesson(_ file: (name: String, bytes: [UInt8])) throws(Diagnostic) -> Lesson {
    try Lesson(Notebook(file.bytes, file: file.name))
  }
}
