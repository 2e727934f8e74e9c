#include "sqlite_trust.h"

#include <sqlite3.h>
#include <stddef.h>

int sqlite_distrust(void *database) {
  static const int settings[][2] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},         {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},   {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
  };
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
    const int status = sqlite3_db_config((sqlite3 *)database, settings[i][0], settings[i][1], NULL);
    if (status != SQLITE_OK) return status;
  }
  return SQLITE_OK;
}

int sqlite_shut_views(void *database) {
  return sqlite3_db_config((sqlite3 *)database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
}
