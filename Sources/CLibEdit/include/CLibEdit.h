// What Swift cannot call of libedit: its variadic setters, its wide characters and its callbacks, each as one plain
// function. Text passes as UTF-32 in `uint32_t`; offsets count these. No function keeps a pointer it is given unless it says so.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// One line editor on standard input and output.
typedef struct editline Editor;
/// Entries that the editor's history commands walk over.
typedef struct historyW EditorHistory;

/// What a command asks of the editor when it returns; the values are libedit's CC_… constants.
enum {
  EDIT_DONE = 0,
  EDIT_END_OF_FILE = 2,
  EDIT_REFRESH = 4,
  EDIT_MOVE_CURSOR = 5,
  EDIT_BEEP = 6,
};

/// Carries out the command of a number; says what the editor is to do then.
typedef unsigned char (*EditPerform)(void *_Nonnull client, int command);
/// Reads one character: 1 when there is one, 0 at the end of input.
typedef int (*EditReader)(void *_Nonnull client, uint32_t *_Nonnull character);
/// The prompt as a text ending in 0, which stays valid until the next call.
typedef const uint32_t *_Nonnull (*EditPrompt)(void *_Nonnull client);

/// What the editor calls, and only while one of the functions below runs; `client` goes with each call.
typedef struct {
  void *_Nonnull client;
  EditPerform _Nonnull perform;
  EditReader _Nonnull read;
  EditPrompt _Nonnull prompt;
} EditCallbacks;

/// Takes the locale's character type, or C.UTF-8 where that is not UTF-8.
void edit_set_locale(void);

/// An editor in emacs mode on the process's own terminal, one at a time; NULL where none can be made. It says nothing about a
/// terminal it does not know. `callbacks` holds until the editor is closed.
Editor *_Nullable edit_open(const char *_Nonnull program, const EditCallbacks *_Nonnull callbacks,
                            EditorHistory *_Nonnull history);
void edit_close(Editor *_Nonnull editor);

enum { EDIT_COMMANDS = 32 };
/// Binds a key sequence (ASCII, under 64 characters) to the command of a number below `EDIT_COMMANDS`.
void edit_bind(Editor *_Nonnull editor, const char *_Nonnull keys, int command);
/// Binds a key sequence to a command of libedit's own.
void edit_bind_builtin(Editor *_Nonnull editor, const char *_Nonnull keys, const char *_Nonnull name);
/// What the terminal is to be sent for a termcap capability of two letters; NULL where it has none.
const char *_Nullable edit_capability(Editor *_Nonnull editor, const char *_Nonnull name);
/// Columns that libedit takes a character to fill: 0, 1 or 2; -1 for what it shows as an escape.
int edit_width(uint32_t character);

/// Reads until a command ends the line. The text holds until the next call; NULL at the end of input.
const uint32_t *_Nullable edit_read(Editor *_Nonnull editor, int *_Nonnull count);
/// The text being edited, `*count` characters of it with the cursor at `*cursor`; holds until it is next changed.
const uint32_t *_Nonnull edit_text(Editor *_Nonnull editor, size_t *_Nonnull count, size_t *_Nonnull cursor);
/// Moves the cursor by `distance` characters, at most to either end.
void edit_move(Editor *_Nonnull editor, int distance);
void edit_delete_before(Editor *_Nonnull editor, int count);
/// Inserts a text that ends in 0 at the cursor; false where memory runs out.
bool edit_insert(Editor *_Nonnull editor, const uint32_t *_Nonnull text);
/// Puts ASCII keys before what will be read next.
void edit_push(Editor *_Nonnull editor, const char *_Nonnull keys);

/// Writes to standard output, in order with what the editor writes: both are gathered until `edit_flush`.
void edit_write(const char *_Nonnull text);
/// Sends what was gathered to the terminal in one go.
void edit_flush(void);

/// Draws prompt and text anew from where the cursor stands, taking its row for empty.
void edit_draw(Editor *_Nonnull editor);
/// Takes the terminal's size anew.
void edit_resize(Editor *_Nonnull editor);
/// Gives the terminal back to the process's other output, or takes it for editing.
void edit_take_terminal(Editor *_Nonnull editor, bool taken);

EditorHistory *_Nullable edit_history_open(int size);
void edit_history_close(EditorHistory *_Nonnull history);
void edit_history_clear(EditorHistory *_Nonnull history);
/// Adds a text that ends in 0 as the newest entry; the history keeps its own copy.
void edit_history_add(EditorHistory *_Nonnull history, const uint32_t *_Nonnull text);

/// From now on the signals given are written, a byte each, to the pipe whose reading end comes back; -1 where none can be made.
/// One pipe per process: a second call adds signals to the first.
int signals_catch(const int *_Nonnull signals, int count);
/// A descriptor that is readable once eight bytes were written to it and until they are read, and never blocks; -1 where none can be made.
int signals_bell(void);
