#include "documents.h"

// The compiler takes the files in as they are, so that the program needs none of them beside it.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char lesson_01[] = {
#embed "../../docs/lessons/01-first-map.way.md"
};
static const unsigned char lesson_02[] = {
#embed "../../docs/lessons/02-feelings.way.md"
};
static const unsigned char lesson_03[] = {
#embed "../../docs/lessons/03-personas.way.md"
};
static const unsigned char lesson_04[] = {
#embed "../../docs/lessons/04-first-conversion.way.md"
};
static const unsigned char lesson_05[] = {
#embed "../../docs/lessons/05-two-numbers.way.md"
};
static const unsigned char lesson_06[] = {
#embed "../../docs/lessons/06-lost.way.md"
};
static const unsigned char lesson_07[] = {
#embed "../../docs/lessons/07-lived.way.md"
};
static const unsigned char lesson_08[] = {
#embed "../../docs/lessons/08-loyalty.way.md"
};
static const unsigned char lesson_09[] = {
#embed "../../docs/lessons/09-listening.way.md"
};
static const unsigned char lesson_10[] = {
#embed "../../docs/lessons/10-small-wins.way.md"
};
static const unsigned char lesson_11[] = {
#embed "../../docs/lessons/11-channels.way.md"
};
static const unsigned char lesson_12[] = {
#embed "../../docs/lessons/12-review.way.md"
};
static const unsigned char cookbook[] = {
#embed "../../docs/COOKBOOK.md"
};

#define DOCUMENT(name, bytes) {name, bytes, sizeof(bytes)}

static const embedded_document lessons[] = {
    DOCUMENT("01-first-map.way.md", lesson_01),
    DOCUMENT("02-feelings.way.md", lesson_02),
    DOCUMENT("03-personas.way.md", lesson_03),
    DOCUMENT("04-first-conversion.way.md", lesson_04),
    DOCUMENT("05-two-numbers.way.md", lesson_05),
    DOCUMENT("06-lost.way.md", lesson_06),
    DOCUMENT("07-lived.way.md", lesson_07),
    DOCUMENT("08-loyalty.way.md", lesson_08),
    DOCUMENT("09-listening.way.md", lesson_09),
    DOCUMENT("10-small-wins.way.md", lesson_10),
    DOCUMENT("11-channels.way.md", lesson_11),
    DOCUMENT("12-review.way.md", lesson_12),
};

size_t lesson_count(void) { return sizeof(lessons) / sizeof(lessons[0]); }

embedded_document lesson_document(size_t index) { return lessons[index]; }

embedded_document cookbook_document(void) {
  return (embedded_document)DOCUMENT("COOKBOOK.md", cookbook);
}
