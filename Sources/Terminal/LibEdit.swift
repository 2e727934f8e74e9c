import CLibEdit
import SourceText

/// libedit's line and its history, made safe to use: every pointer stays in this file.
@safe final class LibEdit {
  /// What the library asks while it reads: on the reading thread, and only from within a call to it.
  protocol Client: AnyObject {
    /// The next character; nil at the end of input.
    func nextCharacter() -> UInt32?
    func perform(_ command: EditorCommand) -> Action
  }

  /// What the library does after a command.
  enum Action {
    case nothing, refresh, moveCursor, beep, endOfFile

    fileprivate var code: UInt8 {
      switch self {
      case .nothing: UInt8(EDIT_DONE)
      case .refresh: UInt8(EDIT_REFRESH)
      case .moveCursor: UInt8(EDIT_MOVE_CURSOR)
      case .beep: UInt8(EDIT_BEEP)
      case .endOfFile: UInt8(EDIT_END_OF_FILE)
      }
    }
  }

  weak var client: (any Client)?
  private let editor: OpaquePointer
  private let history: OpaquePointer
  private let callbacks: UnsafeMutablePointer<EditCallbacks>
  /// Unicode scalars and a 0.
  private var prompt: UnsafeMutablePointer<UInt32>

  /// Takes the locale by which characters are measured; see `edit_set_locale`.
  static func takeLocale() { edit_set_locale() }

  /// nil where no editor can be made. History holds at most `historyLimit` entries.
  init?(historyLimit: Int) {
    Self.takeLocale()
    guard let history = unsafe edit_history_open(Int32(clamping: historyLimit)) else { return nil }
    let callbacks = UnsafeMutablePointer<EditCallbacks>.allocate(capacity: 1)
    // The client is put in its place below: nothing is called before.
    unsafe callbacks.initialize(
      to: EditCallbacks(
        client: callbacks,
        perform: { unsafe LibEdit.at($0).perform(Int($1)) },
        read: { unsafe LibEdit.at($0).read(into: $1) },
        prompt: { unsafe UnsafePointer(LibEdit.at($0).prompt) }))
    guard let editor = unsafe edit_open("waymark", callbacks, history) else {
      unsafe callbacks.deallocate()
      unsafe edit_history_close(history)
      return nil
    }
    unsafe self.editor = editor
    unsafe self.history = history
    unsafe self.callbacks = callbacks
    unsafe prompt = Self.copied([])
    // SAFETY: the editor is closed in `deinit`, so `self` is alive in every callback.
    unsafe callbacks.pointee.client = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit {
    unsafe edit_close(editor)
    unsafe edit_history_close(history)
    unsafe callbacks.deallocate()
    unsafe prompt.deallocate()
  }

  func bind(_ keys: String, to command: EditorCommand) { unsafe edit_bind(editor, keys, Int32(command.rawValue)) }

  /// Binds keys to a command of the library's own.
  func bind(_ keys: String, toBuiltin name: String) { unsafe edit_bind_builtin(editor, keys, name) }

  /// What the terminal is to be sent for a termcap capability of two letters.
  func capability(_ name: String) -> String? {
    // SAFETY: the library's own text, ending in 0, is copied.
    unsafe edit_capability(editor, name).map { unsafe String(cString: $0) }
  }

  /// The prompt from the next refresh on.
  func setPrompt(_ text: String) {
    unsafe prompt.deallocate()
    unsafe prompt = Self.copied(Self.shown(text.unicodeScalars.map(\.value)))
  }

  /// Reads until a command ends the line: its characters with the newline that ended it; nil at the end of input.
  func readLine() -> [UInt32]? {
    var count: Int32 = 0
    guard let text = unsafe edit_read(editor, &count), count > 0 else { return nil }
    // SAFETY: the library gives `count` characters, which hold until the next call.
    return unsafe Array(UnsafeBufferPointer(start: text, count: Int(count)))
  }

  /// The characters being edited, and the cursor's index among them.
  var line: (characters: [UInt32], cursor: Int) {
    var (count, cursor) = (0, 0)
    let text = unsafe edit_text(editor, &count, &cursor)
    // SAFETY: the library gives `count` characters, which hold until the line is next changed.
    return unsafe (Array(UnsafeBufferPointer(start: text, count: count)), cursor)
  }

  func moveCursor(by distance: Int) { unsafe edit_move(editor, Int32(clamping: distance)) }

  func deleteBeforeCursor(_ count: Int) { unsafe edit_delete_before(editor, Int32(clamping: count)) }

  /// False where memory runs out.
  func insert(_ characters: [UInt32]) -> Bool { unsafe edit_insert(editor, Self.shown(characters) + [0]) }

  /// Puts keys before those that come next.
  func push(_ keys: String) { unsafe edit_push(editor, keys) }

  /// Writes to the terminal, in order with what the library writes: both are gathered until `flush`.
  func write(_ text: String) { unsafe edit_write(text) }

  /// Sends what was gathered.
  func flush() { edit_flush() }

  /// Draws prompt and text anew from where the cursor stands, taking its row for empty.
  func draw() { unsafe edit_draw(editor) }

  /// Takes the terminal's size anew.
  func takeSize() { unsafe edit_resize(editor) }

  /// Takes the terminal for editing, or gives it back.
  func takeTerminal(_ isTaken: Bool) { unsafe edit_take_terminal(editor, isTaken) }

  func clearHistory() { unsafe edit_history_clear(history) }

  func addToHistory(_ characters: [UInt32]) { unsafe edit_history_add(history, Self.shown(characters) + [0]) }

  /// The library sends to the terminal what wcwidth takes for printable, marks that turn text around among it. They come in as
  /// escapes; one that does not is shown as what cannot be read.
  private static func shown(_ characters: [UInt32]) -> [UInt32] {
    characters.map { character in
      guard character >= 0x80, let scalar = Unicode.Scalar(character), scalar.isUnsafeToShow else { return character }
      return 0xFFFD
    }
  }

  private func perform(_ number: Int) -> UInt8 {
    guard let command = EditorCommand(rawValue: number) else { return Action.beep.code }
    return (client?.perform(command) ?? .endOfFile).code
  }

  private func read(into character: UnsafeMutablePointer<UInt32>) -> Int32 {
    guard let next = client?.nextCharacter() else { return 0 }
    // SAFETY: the library gives room for one character.
    unsafe character.pointee = next
    return 1
  }

  private static func at(_ client: UnsafeMutableRawPointer) -> LibEdit {
    // SAFETY: the client is always what `init` put there.
    unsafe Unmanaged<LibEdit>.fromOpaque(client).takeUnretainedValue()
  }

  private static func copied(_ characters: [UInt32]) -> UnsafeMutablePointer<UInt32> {
    let copy = UnsafeMutablePointer<UInt32>.allocate(capacity: characters.count + 1)
    // SAFETY: as many as there was made room for.
    unsafe copy.initialize(from: characters + [0], count: characters.count + 1)
    return unsafe copy
  }
}
