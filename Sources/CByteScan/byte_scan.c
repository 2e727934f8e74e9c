// The functions are all in the header, so that Swift can inline them.
#include "byte_scan.h"
