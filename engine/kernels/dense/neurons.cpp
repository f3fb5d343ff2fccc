// Spiking neurons over time (engine/MODEL.md 1.1), vectorised over the neurons of one image's layer.
#include "engine/kernels/dense/kernels.h"
#include "engine/kernels/dense/vec.h"

namespace {

using duet::NeuronKind;
using duet::Reset;
using duet::Surrogate;

/// Derivative of the spike by v, d = v - threshold (engine/MODEL.md 1.1).
template <Surrogate Kind> Vec surrogate(Vec d, float k) {
  if constexpr (Kind == Surrogate::fast_sigmoid) {
    const Vec x = 1.0f / (1.0f + k * abs(d));
    return x * x;
  } else if constexpr (Kind == Surrogate::atan) {
    const Vec x = (1.57079632679489662f * k) * d;
    return (0.5f * k) / (1.0f + x * x);
  } else if constexpr (Kind == Surrogate::sigmoid) {
    const Vec e = exp(-k * abs(d)); // s (1 - s) is even in d
    const Vec s = 1.0f / (1.0f + e);
    return k * (e * s) * s;
  } else if constexpr (Kind == Surrogate::triangular) {
    return max(splat(0.0f), 1.0f - k * abs(d));
  } else {
    static_assert(Kind == Surrogate::straight_through);
    return splat(1.0f);
  }
}

constexpr bool resets_to_a_value(Reset reset) {
  switch (reset) {
  case Reset::subtract:
    return false;
  case Reset::zero:
    return true;
  }
  return false;
}

/// State of V vectors of lif or if neurons.
template <int V> struct Membranes {
  Vec v[V];
  IntVec silent[V]; // refractory steps left
};

/// One step of V vectors, in the order of engine/MODEL.md 1.1. slope: the spike's derivative; carry: dv after
/// / dv before.
template <int V, Surrogate Kind, bool Train>
inline void membrane_step(const NeuronConstants &c, Membranes<V> &m, const Vec (&u)[V], Vec (&spike)[V],
                          Vec (&before)[V], Vec (&slope)[V], Vec (&carry)[V]) {
  const float drop = c.threshold - c.v_reset;
  const bool to_value = resets_to_a_value(c.reset);
  for (int i = 0; i < V; ++i) {
    before[i] = c.decay * m.v[i] + (c.gain * u[i] + c.leak);
    IntVec fires = before[i] >= c.threshold;
    IntVec quiet = {};
    if (c.refractory_steps) {
      quiet = m.silent[i] > 0;
      before[i] = quiet ? splat(c.v_reset) : before[i];
      fires &= ~quiet;
      m.silent[i] = fires ? IntVec{} + c.refractory_steps : m.silent[i] + quiet; // quiet is -1 where true
    }
    spike[i] = one_where(fires);
    if constexpr (Train) {
      slope[i] = zero_where(quiet, surrogate<Kind>(before[i] - c.threshold, c.slope));
      carry[i] = zero_where(quiet, to_value ? 1.0f - spike[i] : splat(1.0f));
    }
    m.v[i] = to_value ? (fires ? splat(c.v_reset) : before[i]) : before[i] - spike[i] * drop;
  }
}

/// total: spikes up to this step; share: what one of them adds to the mean so far.
template <int V>
void record_step(const NeuronRecord &record, int n, int step, int first, const Vec (&spike)[V],
                 const Vec (&before)[V], const Vec (&after)[V], const Vec (&total)[V], float share) {
  for (int i = 0; i < V; ++i) {
    const long at = static_cast<long>(step) * n + first + i * lanes;
    if (record.spikes)
      store(record.spikes + at, spike[i]);
    if (record.membrane)
      store(record.membrane + at, before[i]);
    if (record.after)
      store(record.after + at, after[i]);
    if (record.mean)
      store(record.mean + at, total[i] * share);
  }
}

/// What one spike adds to the mean over so many steps (lif, if).
float share_of(int steps) { return 1.0f / static_cast<float>(steps); }

/// lif, if on constant input. d mean / d u forward in time: e = dv/du / g, e' = a carry e + 1.
template <int V, Surrogate Kind, bool Train>
void constant_membranes(const NeuronConstants &c, int n, int first, const float *u, float *mean,
                        float *sensitivity, const NeuronRecord &record) {
  Membranes<V> m;
  Vec in[V], spike[V], before[V], slope[V], carry[V], count[V] = {}, trace[V] = {}, gain[V] = {};
  for (int i = 0; i < V; ++i) {
    m.v[i] = splat(c.start);
    m.silent[i] = IntVec{};
    in[i] = load(u + first + i * lanes);
    carry[i] = Vec{};
  }
  for (int t = 0; t < c.steps; ++t) {
    Vec kept[V];
    for (int i = 0; i < V; ++i)
      kept[i] = c.decay * (carry[i] * trace[i]);
    membrane_step<V, Kind, Train>(c, m, in, spike, before, slope, carry);
    for (int i = 0; i < V; ++i) {
      count[i] += spike[i];
      if constexpr (Train) {
        trace[i] = kept[i] + 1.0f;
        gain[i] += slope[i] * trace[i];
      }
    }
    record_step<V>(record, n, t, first, spike, before, m.v, count, share_of(t + 1));
  }
  const float share = share_of(c.steps);
  for (int i = 0; i < V; ++i) {
    store(mean + first + i * lanes, count[i] * share);
    if constexpr (Train)
      store(sensitivity + first + i * lanes, gain[i] * (share * c.gain));
  }
}

/// rate on constant input, closed form: n_t = floor(v0 + t q) - floor(v0 + (t-1) q).
void constant_rates(const NeuronConstants &c, int n, const float *u, const float *v0, float *mean,
                    float *sensitivity, const NeuronRecord &record) {
  const auto share = [&](int steps_so_far) { return 1.0f / (static_cast<float>(steps_so_far) * c.dt); };
  const float steps = static_cast<float>(c.steps);
  for (int i = 0; i < n; i += lanes) {
    const Vec in = load(u + i), start = load(v0 + i);
    const Vec q = max(in, splat(0.0f)) * c.dt;
    store(mean + i, floor(start + steps * q) * share(c.steps));
    if (sensitivity)
      store(sensitivity + i, one_where(in > 0.0f));
    if (!record.spikes && !record.membrane && !record.after && !record.mean)
      continue;
    Vec reached = Vec{};
    for (int t = 1; t <= c.steps; ++t) {
      const Vec level = start + static_cast<float>(t) * q;
      const Vec whole = floor(level);
      const Vec spike[1] = {whole - reached}, before[1] = {level - reached}, after[1] = {level - whole},
                total[1] = {whole};
      record_step<1>(record, n, t - 1, i, spike, before, after, total, share(t));
      reached = whole;
    }
  }
}

template <int V, Surrogate Kind, bool Train>
void stepped_membranes(const NeuronConstants &c, int n, int first, const float *u, int u_stride, float *out,
                       float *mean, float *slopes, float *carries, const NeuronRecord &record) {
  Membranes<V> m;
  Vec in[V], spike[V], before[V], slope[V], carry[V], count[V] = {};
  for (int i = 0; i < V; ++i) {
    m.v[i] = splat(c.start);
    m.silent[i] = IntVec{};
  }
  for (int t = 0; t < c.steps; ++t) {
    for (int i = 0; i < V; ++i)
      in[i] = load(u + static_cast<long>(t) * u_stride + first + i * lanes);
    membrane_step<V, Kind, Train>(c, m, in, spike, before, slope, carry);
    for (int i = 0; i < V; ++i) {
      const long at = static_cast<long>(t) * n + first + i * lanes;
      count[i] += spike[i];
      store(out + at, spike[i]);
      if constexpr (Train) {
        store(slopes + at, slope[i]);
        store(carries + at, carry[i]);
      }
    }
    record_step<V>(record, n, t, first, spike, before, m.v, count, share_of(t + 1));
  }
  for (int i = 0; i < V; ++i)
    store(mean + first + i * lanes, count[i] * share_of(c.steps));
}

void stepped_rates(const NeuronConstants &c, int n, const float *u, int u_stride, const float *v0, float *out,
                   float *mean, float *slopes, float *carries, const NeuronRecord &record) {
  const float per_spike = 1.0f / c.dt;
  for (int i = 0; i < n; i += lanes) {
    const Vec start = load(v0 + i);
    Vec v = start, reached = Vec{}, total[1] = {};
    for (int t = 0; t < c.steps; ++t) {
      const Vec in = load(u + static_cast<long>(t) * u_stride + i);
      const Vec q = max(in, splat(0.0f)) * c.dt;
      Vec before[1], spike[1], after[1];
      if (u_stride == 0) { // the closed form is the definition
        const Vec level = start + static_cast<float>(t + 1) * q;
        const Vec whole = floor(level);
        spike[0] = whole - reached;
        before[0] = level - reached;
        after[0] = level - whole;
        reached = whole;
      } else {
        before[0] = v + q;
        spike[0] = floor(before[0]);
        after[0] = v = before[0] - spike[0];
      }
      const long at = static_cast<long>(t) * n + i;
      total[0] += spike[0];
      store(out + at, spike[0] * per_spike);
      if (slopes) { // the output's derivative by u, kept where the others keep the spike's by v
        store(slopes + at, one_where(in > 0.0f));
        store(carries + at, Vec{});
      }
      record_step<1>(record, n, t, i, spike, before, after, total, per_spike / static_cast<float>(t + 1));
    }
    store(mean + i, total[0] * (per_spike / static_cast<float>(c.steps)));
  }
}

/// Calls body<V>(first) over n neurons, four vectors at a time: their chains overlap.
template <class Body> void by_vectors(int n, const Body &body) {
  int first = 0;
  for (; first + 4 * lanes <= n; first += 4 * lanes)
    body.template operator()<4>(first);
  for (; first < n; first += lanes)
    body.template operator()<1>(first);
}

/// Calls body<Surrogate>() for the one in use.
template <class Body> void with_surrogate(Surrogate kind, const Body &body) {
  switch (kind) {
  case Surrogate::fast_sigmoid:
    return body.template operator()<Surrogate::fast_sigmoid>();
  case Surrogate::atan:
    return body.template operator()<Surrogate::atan>();
  case Surrogate::sigmoid:
    return body.template operator()<Surrogate::sigmoid>();
  case Surrogate::triangular:
    return body.template operator()<Surrogate::triangular>();
  case Surrogate::straight_through:
    return body.template operator()<Surrogate::straight_through>();
  }
}

constexpr NeuronRecord nothing = {};

} // namespace

void duet_dense::neurons_constant(const NeuronConstants *c, int n, const float *u, const float *v0,
                                  float *mean, float *sensitivity, const NeuronRecord *wanted) {
  const NeuronRecord &record = wanted ? *wanted : nothing;
  switch (c->kind) {
  case NeuronKind::rate:
    return constant_rates(*c, n, u, v0, mean, sensitivity, record);
  case NeuronKind::lif:
  case NeuronKind::integrate_and_fire:
    if (!sensitivity)
      return by_vectors(n, [&]<int V>(int first) {
        constant_membranes<V, Surrogate::straight_through, false>(*c, n, first, u, mean, nullptr, record);
      });
    return with_surrogate(c->surrogate, [&]<Surrogate S>() {
      by_vectors(n, [&]<int V>(int first) {
        constant_membranes<V, S, true>(*c, n, first, u, mean, sensitivity, record);
      });
    });
  }
}

void duet_dense::neurons_steps(const NeuronConstants *c, int n, const float *u, int u_stride, const float *v0,
                               float *out, float *mean, float *slope, float *carry,
                               const NeuronRecord *wanted) {
  const NeuronRecord &record = wanted ? *wanted : nothing;
  switch (c->kind) {
  case NeuronKind::rate:
    return stepped_rates(*c, n, u, u_stride, v0, out, mean, slope, carry, record);
  case NeuronKind::lif:
  case NeuronKind::integrate_and_fire:
    if (!slope)
      return by_vectors(n, [&]<int V>(int first) {
        stepped_membranes<V, Surrogate::straight_through, false>(*c, n, first, u, u_stride, out, mean,
                                                                 nullptr, nullptr, record);
      });
    return with_surrogate(c->surrogate, [&]<Surrogate S>() {
      by_vectors(n, [&]<int V>(int first) {
        stepped_membranes<V, S, true>(*c, n, first, u, u_stride, out, mean, slope, carry, record);
      });
    });
  }
}

void duet_dense::neurons_backward(const NeuronConstants *c, int n, const float *d_out, const float *d_mean,
                                  const float *slope, const float *carry, float *d_u, int d_u_stride) {
  const float share = 1.0f / static_cast<float>(c->steps);
  for (int i = 0; i < n; i += lanes) {
    const Vec every = d_mean ? load(d_mean + i) * share : Vec{};
    Vec later = Vec{}, total = Vec{}; // later: dL/dv before input of the step after
    for (int t = c->steps - 1; t >= 0; --t) {
      const long at = static_cast<long>(t) * n + i;
      const Vec d = d_out ? load(d_out + at) + every : every;
      later = d * load(slope + at) + load(carry + at) * (c->decay * later);
      const Vec by_u = later * c->gain;
      total += by_u;
      if (d_u_stride)
        store(d_u + static_cast<long>(t) * d_u_stride + i, by_u);
    }
    if (!d_u_stride)
      store(d_u + i, total);
  }
}
