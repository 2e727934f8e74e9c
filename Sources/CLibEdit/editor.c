#define _GNU_SOURCE
#include "CLibEdit.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "libedit's wide characters are UTF-32 here");
_Static_assert(EDIT_DONE == CC_NORM && EDIT_END_OF_FILE == CC_EOF && EDIT_REFRESH == CC_REFRESH
                   && EDIT_MOVE_CURSOR == CC_CURSOR && EDIT_BEEP == CC_ERROR,
               "the header's results are libedit's");

enum { LONGEST_NAME = 64 };

/// ASCII made wide; what is longer than `LONGEST_NAME` is cut.
static const wchar_t *widened(const char *text, wchar_t wide[LONGEST_NAME]) {
  size_t length = 0;
  while (length + 1 < LONGEST_NAME && text[length] != 0) {
    wide[length] = (wchar_t)(unsigned char)text[length];
    length += 1;
  }
  wide[length] = 0;
  return wide;
}

void edit_set_locale(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

// libedit tells a command apart only by its function: each number has one, and a name for `bind`.
static const EditCallbacks *callbacks = NULL;

#define COMMAND(number)                                              \
  static unsigned char command_##number(EditLine *line, wint_t key) { \
    (void)line, (void)key;                                           \
    return callbacks->perform(callbacks->client, number);            \
  }
#define EACH_COMMAND(X)                                                                                        \
  X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) \
      X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)
#define ENTRY(number) {L"command-" L## #number, command_##number},
EACH_COMMAND(COMMAND)
static const struct {
  const wchar_t *name;
  unsigned char (*function)(EditLine *, wint_t);
} commands[] = {EACH_COMMAND(ENTRY)};
_Static_assert(sizeof commands / sizeof commands[0] == EDIT_COMMANDS, "as many as the header says");

static int read_character(EditLine *editor, wchar_t *character) {
  (void)editor;
  return callbacks->read(callbacks->client, (uint32_t *)character);
}

static wchar_t *prompt_text(EditLine *editor) {
  (void)editor;
  return (wchar_t *)callbacks->prompt(callbacks->client);
}

// What is to be shown is gathered here and sent as one: libedit flushes its stream several times for a key, and a screen that is sent
// half a change flickers.
static struct {
  char *bytes;
  size_t count, room;
} screen;

void edit_flush(void) {
  size_t sent = 0;
  while (sent < screen.count) {
    ssize_t count = write(STDOUT_FILENO, screen.bytes + sent, screen.count - sent);
    if (count < 0 && errno != EINTR && errno != EAGAIN) break;
    if (count > 0) sent += (size_t)count;
  }
  screen.count = 0;
}

static void gather(const char *bytes, size_t count) {
  if (count > screen.room - screen.count) {
    size_t room = 2 * (screen.room + count);
    char *larger = realloc(screen.bytes, room);
    if (larger == NULL) {
      edit_flush();
      while (count > 0 && write(STDOUT_FILENO, bytes, count) < 0 && errno == EINTR) {}
      return;
    }
    screen.bytes = larger;
    screen.room = room;
  }
  memcpy(screen.bytes + screen.count, bytes, count);
  screen.count += count;
}

static ssize_t gather_stream(void *cookie, const char *bytes, size_t count) {
  (void)cookie;
  gather(bytes, count);
  return (ssize_t)count;
}

Editor *edit_open(const char *program, const EditCallbacks *called, EditorHistory *history) {
  // libedit complains of unknown terminals on its error stream; it works on them all the same.
  FILE *silence = fopen("/dev/null", "we");
  if (silence == NULL) return NULL;
  FILE *output = fopencookie(NULL, "w", (cookie_io_functions_t){.write = gather_stream});
  EditLine *editor = output == NULL
      ? NULL
      : el_init_fd(program, stdin, output, silence, STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO);
  if (editor == NULL) {
    if (output != NULL) fclose(output);
    fclose(silence);
    return NULL;
  }
  callbacks = called;
  el_wset(editor, EL_EDITOR, L"emacs");
  el_wset(editor, EL_SIGNAL, 0);
  el_wset(editor, EL_PROMPT, prompt_text);
  el_wset(editor, EL_GETCFN, read_character);
  el_wset(editor, EL_HIST, history_w, history);
  // While editing, ^C, ^Z and ^\ arrive as characters and not as signals, ^S stops nothing, and what ends a line comes as it was sent.
  el_wset(editor, EL_SETTY, L"-d", L"-isig", L"-icrnl", L"-inlcr", L"-ixon", NULL);
  // While something runs, the terminal echoes what is typed: controls as signs, that it obeys none of them.
  el_wset(editor, EL_SETTY, L"-x", L"+echoctl", L"-ixon", NULL);
  for (int number = 0; number < EDIT_COMMANDS; number += 1) {
    el_wset(editor, EL_ADDFN, commands[number].name, commands[number].name, commands[number].function);
  }
  return editor;
}

void edit_close(Editor *editor) {
  FILE *output = NULL, *silence = NULL;
  el_wget(editor, EL_GETFP, 1, &output);
  el_wget(editor, EL_GETFP, 2, &silence);
  el_end(editor);
  if (output != NULL) fclose(output);
  if (silence != NULL) fclose(silence);
  edit_flush();
}

void edit_bind(Editor *editor, const char *keys, int command) {
  wchar_t wide[LONGEST_NAME];
  if (command < 0 || command >= EDIT_COMMANDS) return;
  el_wset(editor, EL_BIND, widened(keys, wide), commands[command].name, NULL);
}

void edit_bind_builtin(Editor *editor, const char *keys, const char *name) {
  wchar_t wideKeys[LONGEST_NAME], wideName[LONGEST_NAME];
  el_wset(editor, EL_BIND, widened(keys, wideKeys), widened(name, wideName), NULL);
}

const char *edit_capability(Editor *editor, const char *name) {
  char *sequence = NULL;
  bool found = el_wget(editor, EL_GETTC, name, &sequence, NULL) == 0 && sequence != NULL && *sequence != 0;
  return found ? sequence : NULL;
}

int edit_width(uint32_t character) { return wcwidth((wchar_t)character); }

const uint32_t *edit_read(Editor *editor, int *count) { return (const uint32_t *)el_wgets(editor, count); }

const uint32_t *edit_text(Editor *editor, size_t *count, size_t *cursor) {
  const LineInfoW *line = el_wline(editor);
  *count = (size_t)(line->lastchar - line->buffer);
  *cursor = (size_t)(line->cursor - line->buffer);
  return (const uint32_t *)line->buffer;
}

void edit_move(Editor *editor, int distance) { el_cursor(editor, distance); }

void edit_delete_before(Editor *editor, int count) { el_deletestr(editor, count); }

bool edit_insert(Editor *editor, const uint32_t *text) {
  return *text == 0 || el_winsertstr(editor, (const wchar_t *)text) == 0;
}

void edit_push(Editor *editor, const char *keys) {
  wchar_t wide[LONGEST_NAME];
  el_wpush(editor, widened(keys, wide));
}

void edit_write(const char *text) { gather(text, strlen(text)); }

void edit_draw(Editor *editor) { el_wset(editor, EL_REFRESH); }

void edit_resize(Editor *editor) { el_resize(editor); }

void edit_take_terminal(Editor *editor, bool taken) { el_wset(editor, EL_PREP_TERM, taken ? 1 : 0); }

EditorHistory *edit_history_open(int size) {
  HistoryW *history = history_winit();
  HistEventW event;
  if (history != NULL) history_w(history, &event, H_SETSIZE, size);
  return history;
}

void edit_history_close(EditorHistory *history) { history_wend(history); }

void edit_history_clear(EditorHistory *history) {
  HistEventW event;
  history_w(history, &event, H_CLEAR);
}

void edit_history_add(EditorHistory *history, const uint32_t *text) {
  HistEventW event;
  history_w(history, &event, H_ENTER, (const wchar_t *)text);
}
