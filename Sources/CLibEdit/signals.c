#define _GNU_SOURCE
#include "CLibEdit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

static volatile sig_atomic_t writing_end = -1;
static int reading_end = -1;

/// All that a handler may do: leave word. A full pipe has word enough.
static void leave_word(int signal) {
  int kept = errno;
  unsigned char byte = (unsigned char)signal;
  ssize_t written = write(writing_end, &byte, 1);
  (void)written;
  errno = kept;
}

int signals_catch(const int *signals, int count) {
  if (reading_end < 0) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    // Only the writing end must never block: handlers write, a thread waits at the other.
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    reading_end = ends[0];
    writing_end = ends[1];
  }
  struct sigaction action = {.sa_handler = leave_word, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  // Whoever started the process may have left them blocked.
  sigset_t caught;
  sigemptyset(&caught);
  for (int index = 0; index < count; index += 1) {
    sigaction(signals[index], &action, NULL);
    sigaddset(&caught, signals[index]);
  }
  pthread_sigmask(SIG_UNBLOCK, &caught, NULL);
  return reading_end;
}

int signals_bell(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
