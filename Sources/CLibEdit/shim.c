// Built on libedit.
