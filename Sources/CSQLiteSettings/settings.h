// What SQLite offers as a function of variable arguments only, which Swift cannot call.
#include <sqlite3.h>

/// Lets nothing run that a database brings along: no trigger, no view, no function of a schema, no change of the schema or of
/// the journal behind SQLite's back. SQLITE_OK, or why it cannot be.
static inline int sqlite_distrust(sqlite3 *database) {
  static const int settings[][2] = {
      {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
      {SQLITE_DBCONFIG_ENABLE_VIEW, 0},    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
  };
  for (unsigned i = 0; i < sizeof settings / sizeof settings[0]; i++) {
    int result = sqlite3_db_config(database, settings[i][0], settings[i][1], (int *)0);
    if (result != SQLITE_OK) return result;
  }
  return SQLITE_OK;
}
