// The two questions of the map, for limit.c, which includes this behind its columns and `WEEKS`. Places are bits: stages, then touchpoints.

#define MAP_PLACES (STAGES + TOUCHPOINTS)
#define ALL_STAGES ((1u << STAGES) - 1)

typedef struct {
  uint64_t joined[STAGES], seen[MAP_PLACES], went_on[MAP_PLACES];
} MapCounts;

typedef struct {
  uint64_t customers, straight, several, left[STAGES], returned[STAGES];
  // By stage and the one before, from 1; 0 is the start.
  uint64_t skipped[STAGES], skipped_converted[STAGES];
  uint64_t visited[STAGES][STAGES + 1], visited_converted[STAGES][STAGES + 1];
} ConformCounts;

/// What one thread found beside counts: milliseconds from each stage to a later one, and sums of fitness.
typedef struct {
  int64_t *times[STAGES];
  size_t time_counts[STAGES];
  double fitness, fitness_of_several;
} MapLists;

/// By event: its stage and its place's bit; −1 and 0 where it is on no touchpoint. By stage: the places of earlier ones.
static int stage_of[256];
static uint32_t place_of[256], before_stage[STAGES];

static void set_map(void) {
  memset(stage_of, -1, sizeof stage_of);
  for (int t = 0; t < TOUCHPOINTS; t++) {
    stage_of[touchpoint_codes[t]] = touchpoint_stages[t];
    place_of[touchpoint_codes[t]] = 1u << (STAGES + t) | 1u << touchpoint_stages[t];
  }
  for (int s = 0; s < STAGES; s++) {
    before_stage[s] = (1u << s) - 1;
    for (int t = 0; t < TOUCHPOINTS; t++) before_stage[s] |= (uint32_t)(touchpoint_stages[t] < s) << (STAGES + t);
  }
}

static void scan_map_of(size_t first, size_t last, MapCounts *counts, MapLists *lists) {
  uint32_t seen = 0, open = 0;
  int64_t since[STAGES];
  for (size_t i = first; i < last; i++) {
    if (!place_of[event[i]]) continue;
    uint32_t reached = open & before_stage[stage_of[event[i]]], new = place_of[event[i]] & ~seen & ALL_STAGES;
    for (uint32_t rest = reached; rest; rest &= rest - 1) {
      int place = __builtin_ctz(rest);
      lists->times[place][lists->time_counts[place]++] = ms[i] - since[place];
    }
    for (uint32_t rest = new; rest; rest &= rest - 1) since[__builtin_ctz(rest)] = ms[i];
    open = (open & ~reached) | new;
    seen |= place_of[event[i]];
  }
  uint32_t stages = seen & ALL_STAGES;
  if (!stages) return;
  uint32_t gone = seen & before_stage[31 - __builtin_clz(stages)];
  counts->joined[__builtin_ctz(stages)]++;
  for (uint32_t rest = seen; rest; rest &= rest - 1) counts->seen[__builtin_ctz(rest)]++;
  for (uint32_t rest = gone; rest; rest &= rest - 1) counts->went_on[__builtin_ctz(rest)]++;
}

static void scan_conform_of(size_t first, size_t last, int8_t *trace, int8_t *length, ConformCounts *counts, MapLists *lists) {
  int n = 0, low = STAGES, high = -1;
  for (size_t i = first; i < last; i++) {
    int stage = stage_of[event[i]];
    if (stage < 0 || (n && trace[n - 1] == stage)) continue;
    trace[n++] = stage;
    if (stage < low) low = stage;
    if (stage > high) high = stage;
  }
  if (!n) return;
  // The longest ascending subsequence from each visit on; best[s]: from stage s on.
  int8_t best[STAGES + 1] = {0};
  for (int v = n - 1; v >= 0; v--) {
    length[v] = best[trace[v] + 1] + 1;
    for (int s = trace[v]; s >= 0 && best[s] < length[v]; s--) best[s] = length[v];
  }
  int converted = high == STAGES - 1, wanted = best[0], least = 0;
  uint32_t matched = 0, returned = 0;
  uint8_t visited[STAGES][STAGES + 1] = {{0}};
  for (int v = 0; v < n; v++) {
    if (wanted && length[v] == wanted && trace[v] >= least) {
      matched |= 1u << trace[v], wanted--, least = trace[v] + 1;
      continue;
    }
    int from = v ? trace[v - 1] + 1 : 0;
    if (from > trace[v] + 1) returned |= 1u << trace[v];
    if (visited[trace[v]][from]++) { visited[trace[v]][from] = 1; continue; }
    counts->visited[trace[v]][from]++;
    counts->visited_converted[trace[v]][from] += converted;
  }
  for (int s = low; s <= high; s++) {
    if (matched >> s & 1) continue;
    counts->skipped[s]++;
    counts->skipped_converted[s] += converted;
  }
  for (int s = 0; s < STAGES; s++) counts->returned[s] += returned >> s & 1;
  counts->left[high]++;
  counts->customers++;
  counts->straight += n == best[0] && best[0] == high - low + 1;
  double fitness = 2.0 * best[0] / (n + high - low + 1);
  lists->fitness += fitness;
  if (low == high) return;
  counts->several++;
  lists->fitness_of_several += fitness;
}

// MARK: answers

static int64_t smallest(int64_t *values, size_t count, size_t rank) {
  size_t low = 0, high = count - 1;
  while (low < high) {
    int64_t pivot = values[(low + high) / 2];
    size_t i = low, j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      int64_t value = values[i];
      values[i] = values[j], values[j] = value, i++;
      if (!j) break;
      j--;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank];
}

/// Leaves the medians in microseconds; −1 of none.
static void find_medians(MapLists *lists, int64_t *medians) {
  for (int s = 0; s < STAGES; s++) {
    size_t n = lists->time_counts[s];
    medians[s] = !n ? -1 : (smallest(lists->times[s], n, (n - 1) / 2) + smallest(lists->times[s], n, n / 2)) * 500;
  }
}

static void print_map_of(const MapCounts *counts, const int64_t *medians) {
  printf("[[");
  for (int s = 0; s < STAGES; s++) {
    printf("%s[%lu,", s ? "," : "", counts->joined[s]);
    if (medians[s] < 0) printf("null]");
    else printf("%ld]", medians[s]);
  }
  printf("],[");
  for (int p = 0; p < MAP_PLACES; p++) printf("%s[%lu,%lu]", p ? "," : "", counts->seen[p], counts->went_on[p]);
  printf("]]");
}

static void print_conform_of(const ConformCounts *counts, const MapLists *lists) {
  printf("[[%lu,%lu,%.9f,%.9f],[", counts->customers, counts->straight, lists->fitness / counts->customers,
         lists->fitness_of_several / counts->several);
  for (int s = 0; s < STAGES; s++)
    printf("%s[%lu,%lu,%lu]", s ? "," : "", counts->skipped[s], counts->returned[s], counts->left[s]);
  printf("],[");
  const char *comma = "";
  for (int s = 0; s < STAGES; s++) {
    if (counts->skipped[s]) printf("%s[%d,-2,%lu,%lu]", comma, s, counts->skipped[s], counts->skipped_converted[s]), comma = ",";
    for (int from = 0; from <= STAGES; from++) {
      if (!counts->visited[s][from]) continue;
      printf("%s[%d,%d,%lu,%lu]", comma, s, from - 1, counts->visited[s][from], counts->visited_converted[s][from]);
      comma = ",";
    }
  }
  printf("]]");
}
