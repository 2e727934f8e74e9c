import CFileCalls
import Foundation

/// A file that is made beside its place and put there whole, or not at all: until `commit`, what is there stays as it is.
///
/// While it is being made it is called `.NAME.partial`, or `.NAME.2.partial` where another process is making the same file, and it is
/// locked. What a killed process left behind is locked by nobody; the next that makes a file of the name clears it away, and
/// `clearLeftovers` does. A file that was there passes on its mode, its access control list, and its owner and group as
/// far as the system lets us; while the new one is made only we may look into it. A new file has the mode that `umask` gives it.
///
/// Owned by whoever makes the file; dropped without `commit`, it takes what was made with it.
package final class WholeFile {
  /// Where the file is until it is in its place. Others may write to it there, as long as they leave it the file it is.
  package let path: String
  private let place: FilePlace
  private let descriptor: Int32
  private var isInPlace = false

  /// Throws where the folder takes no file, and where the one that is there may not be written.
  package init(at place: FilePlace) throws(FileFault) {
    var mode: mode_t = 0o666
    switch place.kind {
    case .missing: break
    case .regular:
      // To replace a file needs no right to write it, yet whoever took that away meant it.
      // SAFETY: the path is passed as a NUL-terminated copy that lives during the call, as in all calls of this file.
      guard unsafe faccessat(AT_FDCWD, place.path, W_OK, AT_EACCESS) == 0 else { throw .last }
      mode = 0o600
    case .directory: throw FileFault(EISDIR)
    case .stream: throw FileFault(EINVAL)
    }
    self.place = place
    (path, descriptor) = try Self.claim(place, mode)
  }

  package func write(_ bytes: [UInt8]) throws(FileFault) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // SAFETY: the buffer's own address and count.
      let count = unsafe rest.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .last }
      rest = rest.dropFirst(count)
    }
  }

  /// Puts the file in its place once it is on the disk. Without `replacing`, throws `EEXIST` where a file has come to stand there.
  package func commit(replacing: Bool = true) throws(FileFault) {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .last }
    try takeAfterOldFile()
    if replacing {
      guard unsafe rename(path, place.path) == 0 else { throw .last }
    } else {
      try Self.move(path, toFree: place.path)
    }
    isInPlace = true
    // That the name is on the disk too. Not every file system lets folders be written out; then it sees to it itself.
    let folder = unsafe open(place.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// Takes away what killed processes left where they were making this file.
  package static func clearLeftovers(of place: FilePlace) {
    for path in paths(for: place) { _ = clear(path) }
  }

  deinit {
    if !isInPlace { _ = unsafe unlink(path) }
    close(descriptor)
  }

  // MARK: - The name while it is made

  private static func paths(for place: FilePlace) -> [String] {
    // No name is longer than 255 bytes.
    let name = String(decoding: place.name.utf8.prefix(200), as: UTF8.self)
    return (1...9).map { "\(place.folder)/.\(name)\($0 == 1 ? "" : ".\($0)").partial" }
  }

  private static func claim(_ place: FilePlace, _ mode: mode_t) throws(FileFault) -> (String, Int32) {
    for path in paths(for: place) {
      // What is cleared away by another process meanwhile is made again.
      while clear(path) {
        // SAFETY: the mode is the one variadic argument that goes with O_CREAT.
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
          guard errno == EEXIST else { throw .last }
          continue
        }
        // Where files cannot be locked nobody clears away.
        let isLocked = flock(descriptor, LOCK_EX) == 0
        if !isLocked || isFile(descriptor, at: path) { return (path, descriptor) }
        close(descriptor)
      }
    }
    throw FileFault(EBUSY)
  }

  /// Whether nothing is left at `path`: what was there has been taken away, unless a living process has it or it is no file of ours.
  private static func clear(_ path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return errno == ENOENT }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isFile(descriptor, at: path) else { return false }
    return unsafe unlink(path) == 0
  }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var (open, named) = (stat(), stat())
    // SAFETY: each call fills exactly the one `stat` it is given.
    return unsafe fstat(descriptor, &open) == 0 && lstat(path, &named) == 0
      && open.st_mode & S_IFMT == S_IFREG && FileIdentity(open) == FileIdentity(named)
  }

  // MARK: - The move

  /// Gives the file what its predecessor had, if there is one.
  private func takeAfterOldFile() throws(FileFault) {
    var (old, own) = (stat(), stat())
    // SAFETY: each call fills exactly the one `stat` it is given.
    guard place.kind == .regular, unsafe stat(place.path, &old) == 0, unsafe fstat(descriptor, &own) == 0 else {
      return
    }
    var mode = old.st_mode & 0o7777
    if old.st_uid != own.st_uid, fchown(descriptor, old.st_uid, gid_t.max) != 0 { mode &= 0o1777 }
    if old.st_gid != own.st_gid, fchown(descriptor, uid_t.max, old.st_gid) != 0 {
      // Our group is not the one that had these rights: it gets no more than anybody.
      mode = (mode & 0o1707) | ((mode & 0o007) << 3)
    } else {
      copyAccessList()
    }
    guard fchmod(descriptor, mode) == 0 else { throw .last }
  }

  private func copyAccessList() {
    let name = "system.posix_acl_access"
    var list = [UInt8](repeating: 0, count: 64 * 1024)
    // SAFETY: the buffer's own address and count, which is the most that such a value can have.
    let count = unsafe list.withUnsafeMutableBytes { unsafe getxattr(place.path, name, $0.baseAddress, $0.count) }
    guard count > 0 else { return }
    // SAFETY: as many bytes as were filled.
    _ = unsafe list.withUnsafeBytes { unsafe fsetxattr(descriptor, name, $0.baseAddress, count, 0) }
  }

  /// A rename that replaces nothing, by a second name where the file system knows no such thing.
  private static func move(_ path: String, toFree target: String) throws(FileFault) {
    let noReplace: UInt32 = 1
    if unsafe renameat2(AT_FDCWD, path, AT_FDCWD, target, noReplace) == 0 { return }
    guard [EINVAL, ENOSYS].contains(errno) else { throw .last }
    guard unsafe link(path, target) == 0 else { throw .last }
    _ = unsafe unlink(path)
  }
}
