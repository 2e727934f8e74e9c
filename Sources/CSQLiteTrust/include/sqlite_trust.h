#ifndef WAYMARK_SQLITE_TRUST_H
#define WAYMARK_SQLITE_TRUST_H

// Settings of SQLite that its C interface offers through a function of any number of arguments, which Swift cannot call.

#ifdef __cplusplus
extern "C" {
#endif

/// Takes from a connection (a sqlite3 *) every trust in the file behind it: its schema calls no function that does more than
/// compute, no trigger runs, no extension is loaded, and nothing that could damage the file is done. 0, or SQLite's code of
/// what failed.
int sqlite_distrust(void *database);

/// Lets a connection read tables alone: where a view stands, there is nothing. 0, or SQLite's code of what failed.
int sqlite_shut_views(void *database);

#ifdef __cplusplus
}
#endif
#endif
