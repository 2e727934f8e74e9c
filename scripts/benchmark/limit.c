// The limit: a plain scan in C of the columns that the questions need, for `scripts/bench`.
//
//   cc -O3 -march=native -pthread limit.c -o limit; limit FOLDER REPETITIONS
//
// Columns lie in memory, sorted by customer and time; each thread takes half of the events' customers. Loops are written
// straight from the definitions: no index, no summary, no hand-written SIMD. Prints a line per question as JSON: its key,
// the seconds of every repetition, and the answer in the shape of questions.py.

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "names.h"  // Written by limit.py: EVENTS, CHANNELS and their names, the codes of the steps and of signup, the map.

#define DAY 86400000LL
#define WEEK (7 * DAY)
#define WINDOW (7 * DAY)
#define NEVER (-(1LL << 60))
#define THREADS 2
#define WEEKS 13
#define DAYS 91
// A path is a number of five digits, the first event the highest one; 0 ends a shorter path.
#define PATHS (26 * 26 * 26 * 26 * 26)

static uint32_t *offsets;
static int64_t *ms;
static uint8_t *event, *channel;
static size_t customers, events;
/// The funnel's step that an event is, from 1; 0 for none.
static uint8_t step_of[256];

#include "map_scan.h"

typedef struct {
  uint64_t depth[5], by_channel[CHANNELS][5], per_week[WEEKS][5];
  uint64_t cohort[WEEKS], back[WEEKS][WEEKS];
  uint64_t days[DAYS], follows[EVENTS][EVENTS];
  MapCounts map;
  ConformCounts conform;
} Counts;

/// What one thread works on.
typedef struct {
  size_t from, to;
  Counts counts;
  int64_t *times;
  size_t time_count;
  MapLists map;
} Part;

static uint32_t *paths;

/// The depth of a journey's deepest chain; `start` becomes the place of the reported chain's first event, `end` that of its last.
/// Kept per step: the latest start that reaches it. So a depth is first reached by its latest start, as the reported chain is.
static inline int funnel(size_t first, size_t last, size_t *start, size_t *end) {
  int64_t since[5] = {NEVER, NEVER, NEVER, NEVER, NEVER};
  size_t place[5] = {0};
  int depth = 0;
  for (size_t i = first; i < last; i++) {
    int step = step_of[event[i]];
    if (!step) continue;
    int64_t started = step == 1 ? ms[i] : since[step - 1];
    if (ms[i] - started > WINDOW) continue;
    since[step] = started;
    place[step] = step == 1 ? i : place[step - 1];
    if (step > depth) {
      depth = step, *start = place[step], *end = i;
      if (depth == 4) break;
    }
  }
  return depth;
}

static void scan_funnel(Part *part) {
  for (size_t c = part->from; c < part->to; c++) {
    size_t start, end;
    part->counts.depth[funnel(offsets[c], offsets[c + 1], &start, &end)]++;
  }
}

static void scan_channel(Part *part) {
  for (size_t c = part->from; c < part->to; c++) {
    size_t start, end;
    int depth = funnel(offsets[c], offsets[c + 1], &start, &end);
    if (depth) part->counts.by_channel[channel[start]][depth]++;
  }
}

static void scan_week(Part *part) {
  for (size_t c = part->from; c < part->to; c++) {
    size_t start, end;
    int depth = funnel(offsets[c], offsets[c + 1], &start, &end);
    if (depth) part->counts.per_week[ms[start] / WEEK][depth]++;
  }
}

static void scan_time(Part *part) {
  part->time_count = 0;
  for (size_t c = part->from; c < part->to; c++) {
    size_t start, end;
    if (funnel(offsets[c], offsets[c + 1], &start, &end) == 4) part->times[part->time_count++] = ms[end] - ms[start];
  }
}

static void scan_paths(Part *part) {
  for (size_t c = part->from; c < part->to; c++) {
    size_t i = offsets[c], last = offsets[c + 1];
    while (i < last && event[i] != SIGNUP) i++;
    if (i == last) continue;
    unsigned code = 0, unit = PATHS / 26, before = SIGNUP;
    for (i++; i < last && unit; i++) {
      if (event[i] == before) continue;
      before = event[i], code += unit * (before + 1), unit /= 26;
    }
    __atomic_fetch_add(&paths[code], 1, __ATOMIC_RELAXED);
  }
}

static void scan_retention(Part *part) {
  for (size_t c = part->from; c < part->to; c++) {
    size_t first = offsets[c], last = offsets[c + 1];
    unsigned cohort = ms[first] / WEEK, weeks = 0;
    for (size_t i = first + 1; i < last; i++) weeks |= 1u << ms[i] / WEEK;
    part->counts.cohort[cohort]++;
    for (unsigned week = cohort; week < WEEKS; week++) part->counts.back[cohort][week - cohort] += weeks >> week & 1;
  }
}

static void scan_days(Part *part) {
  for (size_t i = offsets[part->from]; i < offsets[part->to]; i++) part->counts.days[ms[i] / DAY]++;
}

static void scan_follows(Part *part) {
  for (size_t c = part->from; c < part->to; c++)
    for (size_t i = offsets[c] + 1; i < offsets[c + 1]; i++) part->counts.follows[event[i - 1]][event[i]]++;
}

static void scan_map(Part *part) {
  for (size_t c = part->from; c < part->to; c++) scan_map_of(offsets[c], offsets[c + 1], &part->counts.map, &part->map);
}

static void scan_conform(Part *part) {
  static __thread int8_t trace[1 << 16], length[1 << 16];
  for (size_t c = part->from; c < part->to; c++)
    scan_conform_of(offsets[c], offsets[c + 1], trace, length, &part->counts.conform, &part->map);
}

// MARK: answers

static int64_t medians[STAGES];

static void print_map(Part *sum) { print_map_of(&sum->counts.map, medians); }

static void print_conform(Part *sum) { print_conform_of(&sum->counts.conform, &sum->map); }

static void print_funnel(Part *sum) {
  for (int k = 3; k; k--) sum->counts.depth[k] += sum->counts.depth[k + 1];
  printf("[%lu,%lu,%lu,%lu]", sum->counts.depth[1], sum->counts.depth[2], sum->counts.depth[3], sum->counts.depth[4]);
}

static void print_channel(Part *sum) {
  const char *comma = "[";
  for (int c = 0; c < CHANNELS; c++, comma = ",") {
    uint64_t *depth = sum->counts.by_channel[c];
    for (int k = 3; k; k--) depth[k] += depth[k + 1];
    printf("%s[\"%s\",%lu,%lu,%lu,%lu]", comma, channel_names[c], depth[1], depth[2], depth[3], depth[4]);
  }
  printf("]");
}

static void print_week(Part *sum) {
  const char *comma = "[";
  for (int week = 0; week < WEEKS; week++) {
    uint64_t *depth = sum->counts.per_week[week], entered = depth[1] + depth[2] + depth[3] + depth[4];
    if (!entered) continue;
    printf("%s[%d,%lu,%lu]", comma, week, entered, depth[4]);
    comma = ",";
  }
  printf("]");
}

static double quantile(const int64_t *sorted, size_t count, double share) {
  double place = share * (count - 1);
  size_t below = (size_t)place;
  double rest = place - below;
  return below + 1 < count ? sorted[below] + rest * (sorted[below + 1] - sorted[below]) : sorted[below];
}

static void print_time(Part *sum) {
  size_t n = sum->time_count;
  if (n) printf("[%zu,%.0f,%.0f]", n, quantile(sum->times, n, 0.5) * 1000, quantile(sum->times, n, 0.9) * 1000);
  else printf("[]");
}

typedef struct { uint32_t customers, code; } Variant;

static int more_first(const void *a, const void *b) {
  const Variant *x = a, *y = b;
  return x->customers != y->customers ? (x->customers < y->customers ? 1 : -1) : (x->code > y->code) - (x->code < y->code);
}

static void print_paths(Part *sum) {
  (void)sum;
  size_t count = 0;
  for (size_t code = 0; code < PATHS; code++) count += paths[code] > 0;
  Variant *variants = malloc(sizeof(Variant) * (count + 1)), *next = variants;
  for (uint32_t code = 0; code < PATHS; code++)
    if (paths[code]) *next++ = (Variant){paths[code], code};
  qsort(variants, count, sizeof(Variant), more_first);
  printf("[");
  for (size_t i = 0; i < count && i < 20; i++) {
    printf("%s[%u,[\"signup\"", i ? "," : "", variants[i].customers);
    for (uint32_t unit = PATHS / 26; unit; unit /= 26)
      if (variants[i].code / unit % 26) printf(",\"%s\"", event_names[variants[i].code / unit % 26 - 1]);
    printf("]]");
  }
  printf("]");
  free(variants);
}

static void print_retention(Part *sum) {
  const char *comma = "[";
  for (int cohort = 0; cohort < WEEKS; cohort++) {
    if (!sum->counts.cohort[cohort]) continue;
    printf("%s[%d,%lu", comma, cohort, sum->counts.cohort[cohort]);
    for (int n = 0; n < WEEKS - cohort; n++) printf(",%lu", sum->counts.back[cohort][n]);
    printf("]");
    comma = ",";
  }
  printf("]");
}

static void print_days(Part *sum) {
  const char *comma = "[";
  for (int day = 0; day < DAYS; day++) {
    if (!sum->counts.days[day]) continue;
    printf("%s[%d,%lu]", comma, day, sum->counts.days[day]);
    comma = ",";
  }
  printf("]");
}

static void print_follows(Part *sum) {
  const char *comma = "[";
  for (int a = 0; a < EVENTS; a++)
    for (int b = 0; b < EVENTS; b++)
      if (sum->counts.follows[a][b]) {
        printf("%s[\"%s\",\"%s\",%lu]", comma, event_names[a], event_names[b], sum->counts.follows[a][b]);
        comma = ",";
      }
  printf("]");
}

// MARK: running

typedef struct {
  const char *key;
  void (*scan)(Part *);
  void (*print)(Part *);
} Question;

static const Question questions[] = {
  {"funnel", scan_funnel, print_funnel}, {"channel", scan_channel, print_channel}, {"week", scan_week, print_week},
  {"paths", scan_paths, print_paths}, {"retention", scan_retention, print_retention}, {"time", scan_time, print_time},
  {"days", scan_days, print_days}, {"follows", scan_follows, print_follows}, {"map", scan_map, print_map},
  {"conform", scan_conform, print_conform},
};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

typedef struct { const Question *question; Part *part; } Work;

static void *work(void *argument) {
  Work *w = argument;
  w->question->scan(w->part);
  return NULL;
}

/// What all threads counted, added up in the first's part.
static void merge(Part *parts) {
  for (int t = 1; t < THREADS; t++) {
    uint64_t *into = (uint64_t *)&parts[0].counts, *from = (uint64_t *)&parts[t].counts;
    for (size_t i = 0; i < sizeof(Counts) / sizeof(uint64_t); i++) into[i] += from[i];
    memmove(parts[0].times + parts[0].time_count, parts[t].times, parts[t].time_count * sizeof(int64_t));
    parts[0].time_count += parts[t].time_count;
    for (int s = 0; s < STAGES; s++) {
      MapLists *all = &parts[0].map, *own = &parts[t].map;
      memmove(all->times[s] + all->time_counts[s], own->times[s], own->time_counts[s] * sizeof(int64_t));
      all->time_counts[s] += own->time_counts[s];
    }
    parts[0].map.fitness += parts[t].map.fitness;
    parts[0].map.fitness_of_several += parts[t].map.fitness_of_several;
  }
  qsort(parts[0].times, parts[0].time_count, sizeof(int64_t), by_size);
  find_medians(&parts[0].map, medians);
}

static void *column(const char *folder, const char *name, size_t width, size_t *count) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  if (!file) { perror(path); exit(1); }
  fseek(file, 0, SEEK_END);
  size_t size = ftell(file);
  rewind(file);
  void *bytes = malloc(size + 64);
  if (fread(bytes, 1, size, file) != size) { perror(path); exit(1); }
  fclose(file);
  *count = size / width;
  return bytes;
}

int main(int count, char **arguments) {
  if (count != 3) { fprintf(stderr, "usage: limit FOLDER REPETITIONS\n"); return 2; }
  int repetitions = atoi(arguments[2]);
  offsets = column(arguments[1], "offsets.u32", 4, &customers);
  customers--;
  ms = column(arguments[1], "ms.i64", 8, &events);
  event = column(arguments[1], "event.u8", 1, &events);
  channel = column(arguments[1], "channel.u8", 1, &events);
  for (int k = 0; k < 4; k++) step_of[step_codes[k]] = k + 1;
  paths = malloc(PATHS * sizeof(uint32_t));
  set_map();
  int64_t *times = malloc((customers + 1) * sizeof(int64_t)), *map_times[STAGES];
  for (int s = 0; s < STAGES; s++) map_times[s] = malloc((customers + 1) * sizeof(int64_t));
  Part *parts = malloc(THREADS * sizeof(Part));

  for (size_t q = 0; q < sizeof questions / sizeof *questions; q++) {
    printf("{\"key\":\"%s\",\"seconds\":[", questions[q].key);
    for (int r = 0; r < repetitions; r++) {
      memset(paths, 0, PATHS * sizeof(uint32_t));
      memset(parts, 0, THREADS * sizeof(Part));
      double began = now();
      pthread_t threads[THREADS];
      Work works[THREADS];
      for (size_t t = 0, c = 0; t < THREADS; t++) {
        parts[t].from = c;
        while (c < customers && (t == THREADS - 1 || offsets[c] < events / THREADS)) c++;
        parts[t].to = c, parts[t].times = times + parts[t].from;
        for (int s = 0; s < STAGES; s++) parts[t].map.times[s] = map_times[s] + parts[t].from;
        works[t] = (Work){&questions[q], &parts[t]};
        pthread_create(&threads[t], NULL, work, &works[t]);
      }
      for (size_t t = 0; t < THREADS; t++) pthread_join(threads[t], NULL);
      merge(parts);
      printf("%s%.6f", r ? "," : "", now() - began);
    }
    printf("],\"answer\":");
    questions[q].print(&parts[0]);
    printf("}\n");
  }
  return 0;
}
