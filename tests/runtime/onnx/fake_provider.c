/* A plug-in provider for tests: it takes whole models, can compute `twice.onnx`, and fails where it is told to.
 *
 * Written against the application binary interface that ONNX Runtime keeps stable since version 1.23: tables of
 * functions that only ever grow. The numbers are the places of functions in `OrtApi` and `OrtEpApi`.
 *
 * NAME: of the provider. FAILS_AT: LOADING, LISTING (no device), BUILDING, TAKING (no node), RUNNING or NOWHERE.
 * WORKING_RUNS: before it fails at RUNNING.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define VERSION 23
#define EXPORTED __attribute__((visibility("default")))

enum { LOADING, LISTING, BUILDING, TAKING, RUNNING, NOWHERE };

typedef void Status;
typedef void *const *Table;
typedef struct { Table (*get_api)(uint32_t version); } ApiBase;

static Table api, ep_api;

static Status *failure(const char *reason) {
  return ((Status *(*)(int, const char *))api[0])(1, reason);
}

/* The computation of a fused node. */

typedef struct Computation Computation;
struct Computation {
  uint32_t version;
  Status *(*create_state)(Computation *, void *, void **);
  Status *(*compute)(Computation *, void *, void *);
  void (*release_state)(Computation *, void *);
  int runs;
};

static Status *create_state(Computation *self, void *context, void **state) {
  (void)context;
  *state = self;
  return NULL;
}

static void release_state(Computation *self, void *state) { (void)self, (void)state; }

static Status *compute(Computation *self, void *state, void *context) {
  (void)state;
  if (FAILS_AT == RUNNING && self->runs++ >= WORKING_RUNS) return failure("the device is lost");
  const int64_t shape[] = {1, 2};
  const void *input;
  void *output;
  float *from, *to;
  Status *status = ((Status *(*)(void *, size_t, const void **))api[90])(context, 0, &input);
  if (!status)
    status = ((Status *(*)(void *, size_t, const int64_t *, size_t, void **))api[91])(context, 0, shape, 2, &output);
  if (!status) status = ((Status *(*)(const void *, float **))api[51])(input, &from);
  if (!status) status = ((Status *(*)(void *, float **))api[51])(output, &to);
  if (status) return status;
  to[0] = 2 * from[0], to[1] = 2 * from[1];
  return NULL;
}

/* The provider of one session. */

typedef struct Provider Provider;
struct Provider {
  uint32_t version;
  const char *(*name)(const Provider *);
  Status *(*take)(Provider *, const void *graph, void *taken);
  Status *(*build)(Provider *, const void **, const void **, size_t, Computation **, void **);
  void (*release)(Provider *, Computation **, size_t);
  void *optional[24];
};

static const char *provider_name(const Provider *self) { (void)self; return NAME; }

static Status *take(Provider *self, const void *graph, void *taken) {
  (void)self;
  if (FAILS_AT == TAKING) return NULL;
  size_t count;
  Status *status = ((Status *(*)(const void *, size_t *))api[344])(graph, &count);
  if (status || !count) return status;
  const void **nodes = calloc(count, sizeof *nodes);
  status = ((Status *(*)(const void *, const void **, size_t))api[345])(graph, nodes, count);
  if (!status) status = ((Status *(*)(void *, const void **, size_t, const void *))ep_api[2])(taken, nodes, count, NULL);
  free(nodes);
  return status;
}

static Status *build(Provider *self, const void **graphs, const void **fused, size_t count, Computation **made, void **saved) {
  (void)self, (void)graphs, (void)fused, (void)saved;
  if (FAILS_AT == BUILDING) return failure("the model is not for this device");
  for (size_t at = 0; at < count; at++) {
    made[at] = calloc(1, sizeof **made);
    *made[at] = (Computation){VERSION, create_state, compute, release_state, 0};
  }
  return NULL;
}

static void release(Provider *self, Computation **made, size_t count) {
  (void)self;
  while (count--) free(made[count]);
}

/* The factory of providers. */

typedef struct Factory Factory;
struct Factory {
  uint32_t version;
  const char *(*name)(const Factory *);
  const char *(*vendor)(const Factory *);
  Status *(*list)(Factory *, const void *const *, size_t, void **, size_t, size_t *);
  Status *(*create)(Factory *, const void *const *, const void *const *, size_t, const void *, const void *, Provider **);
  void (*release)(Factory *, Provider *);
  uint32_t (*vendor_id)(const Factory *);
  const char *(*library_version)(const Factory *);
  void *validate, *create_allocator, *release_allocator;
  Status *(*create_transfer)(Factory *, void **);
  bool (*is_stream_aware)(const Factory *);
  void *optional[24];
};

static const char *factory_name(const Factory *self) { (void)self; return NAME; }
static const char *vendor(const Factory *self) { (void)self; return "edge-voice"; }
static const char *library_version(const Factory *self) { (void)self; return "1.0.0"; }
static uint32_t vendor_id(const Factory *self) { (void)self; return 0; }
static bool is_stream_aware(const Factory *self) { (void)self; return false; }
static Status *create_transfer(Factory *self, void **transfer) { (void)self; *transfer = NULL; return NULL; }

static Status *list(Factory *self, const void *const *hardware, size_t count, void **devices, size_t most, size_t *listed) {
  *listed = 0;
  if (FAILS_AT == LISTING || !count || !most) return NULL;
  *listed = 1;
  return ((Status *(*)(Factory *, const void *, const void *, const void *, void **))ep_api[0])(
      self, hardware[0], NULL, NULL, devices);
}

static Status *create(Factory *self, const void *const *hardware, const void *const *metadata, size_t count,
                      const void *options, const void *logger, Provider **made) {
  (void)self, (void)hardware, (void)metadata, (void)count, (void)options, (void)logger;
  *made = calloc(1, sizeof **made);
  **made = (Provider){VERSION, provider_name, take, build, release, {0}};
  return NULL;
}

static void release_provider(Factory *self, Provider *made) { (void)self; free(made); }

EXPORTED Status *CreateEpFactories(const char *registered, const ApiBase *base, const void *logger, Factory **made, size_t most,
                                   size_t *count) {
  (void)registered, (void)logger, (void)most;
  static Factory factory = {VERSION, factory_name, vendor, list, create, release_provider, vendor_id, library_version,
                            NULL, NULL, NULL, create_transfer, is_stream_aware, {0}};
  api = base->get_api(VERSION);
  ep_api = ((Table (*)(void))api[317])();
  if (FAILS_AT == LOADING) return failure("the driver is too old");
  *made = &factory;
  *count = 1;
  return NULL;
}

EXPORTED Status *ReleaseEpFactory(Factory *factory) { (void)factory; return NULL; }
