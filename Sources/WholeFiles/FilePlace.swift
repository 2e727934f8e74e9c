import Foundation

/// Where a path leads when its links are followed; a link may lead to where there is nothing yet.
package struct FilePlace: Equatable, Sendable {
  package enum Kind: Sendable {
    case missing, regular, directory
    /// A device, pipe or socket, or a file that a process holds open (`/dev/stdout`): it is read and written as it is.
    case stream
  }

  package let path: String
  package let kind: Kind

  /// Throws where links lead in a circle, or the system does not say what is there.
  package init(_ path: String) throws(FileFault) {
    var (path, isHeldOpen) = (path, false)
    // As many as the kernel follows; where there are more, it says so below.
    for _ in 0..<40 {
      // What a process holds open is meant itself, not whatever has its name.
      isHeldOpen = path.hasPrefix("/proc/") || path.hasPrefix("/dev/fd/")
      guard !isHeldOpen, let target = Self.link(at: path) else { break }
      path = target.hasPrefix("/") ? target : Self.folder(of: path) + "/" + target
    }
    self.path = path
    var status = stat()
    // SAFETY: the call fills exactly the one `stat` it is given.
    guard unsafe stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw .last }
      kind = .missing
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = isHeldOpen ? .stream : .regular
    case S_IFDIR: kind = .directory
    default: kind = .stream
    }
  }

  /// The folder in which it is, or would be.
  package var folder: String { Self.folder(of: path) }

  var name: Substring { path.split(separator: "/").last ?? "" }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What a link says; nil where there is none.
  private static func link(at path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    // SAFETY: the array's own buffer and count.
    let count = unsafe readlink(path, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }
}

/// Tells a file from all others of this machine, whatever it is called.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// Of the file that a path leads to; nil where there is none.
  package init?(of path: String) {
    var status = stat()
    // SAFETY: the call fills exactly the one `stat` it is given.
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}
