// Tables of ICU in place of those that are linked with Foundation, where scripts/build made some: it names their assembly.
#ifdef WAYMARK_TABLES
#include WAYMARK_TABLES
#endif
.section .note.GNU-stack,"",%progbits
