#include <malloc.h>
#include <pthread.h>

// Declared by glibc for programs that ask for its own functions.
extern int pthread_setattr_default_np(const pthread_attr_t *attributes);

/// Gives threads that are made from now on stacks of so many bytes; 0, or an error number.
static inline int set_thread_stacks(unsigned long bytes) {
  pthread_attr_t attributes;
  int fault = pthread_attr_init(&attributes);
  if (fault != 0) return fault;
  fault = pthread_attr_setstacksize(&attributes, bytes);
  if (fault == 0) fault = pthread_setattr_default_np(&attributes);
  pthread_attr_destroy(&attributes);
  return fault;
}
