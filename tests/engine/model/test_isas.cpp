// One forward and backward pass from the same weights agrees between instruction sets, to 1e-5, for images
// whose membranes stay farther than 1e-4 from their threshold.
#include "engine/base/random.h"
#include "engine/model/network.h"
#include <QTest>
#include <cmath>

using namespace duet;

namespace {

constexpr int images = 16;

std::vector<std::uint8_t> pictures(int pixels) {
  const RandomStream random(4, "test.isas");
  std::vector<std::uint8_t> bytes;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(images * pixels); ++i) {
    const auto words = random.block(i);
    bytes.push_back(static_cast<std::uint8_t>(words[0] % 4 == 0 ? words[1] % 256 : 0));
  }
  return bytes;
}

ChunkInput input_of(const std::vector<std::uint8_t> &bytes, int pixels, int first, int count) {
  ChunkInput input;
  input.count = count;
  for (int i = 0; i < count; ++i) {
    input.bytes[static_cast<std::size_t>(i)] = bytes.data() + (first + i) * pixels;
    input.keys[static_cast<std::size_t>(i)] = {static_cast<std::uint32_t>(first + i), 0, true};
  }
  return input;
}

/// Distance of a stack's membranes to where a spike begins.
double margin(const std::vector<LayerTrace> &traces, const SpikingSettings &s, const SpikingStack &stack) {
  double closest = 1e9;
  for (int l = 0; l < stack.layers(); ++l)
    for (int t = 0; t < stack.steps(); ++t)
      for (int n = 0; n < stack.width(l); ++n) {
        const double v =
            static_cast<double>(traces[static_cast<std::size_t>(l)]
                                    .membrane[static_cast<std::size_t>(t * padded(stack.width(l)) + n)]);
        const double edge =
            s.neuron.kind == NeuronKind::rate ? std::max(1.0, std::round(v)) : s.neuron.threshold;
        closest = std::min(closest, std::abs(v - edge));
      }
  return closest;
}

struct Pass {
  std::vector<float> logits[2];          ///< spiking, quantum, [image][16]
  std::vector<ParameterArray> gradients; ///< [image]
  std::vector<double> margins;           ///< [image]
};

Pass run(const Architecture &a, const Kernels &kernels) {
  const Network network(a, 5, kernels);
  const auto bytes = pictures(a.pixels);
  Network::Scratch scratch;
  Network::Tape tape;
  network.reserve(scratch, true);
  network.reserve(tape, images);
  Pass pass;
  for (int i = 0; i < images; ++i) {
    Network::Traces traces;
    network.forward(input_of(bytes, a.pixels, i, 1), scratch, &tape, 0, &traces);
    for (int c = 0; c < 10; ++c)
      scratch.d_logits[static_cast<std::size_t>(c)] = 0.1f * static_cast<float>((c + i) % 10) - 0.45f;
    pass.logits[0].insert(pass.logits[0].end(), network.spiking_logits(scratch),
                          network.spiking_logits(scratch) + 10);
    pass.logits[1].insert(pass.logits[1].end(), network.quantum_logits(scratch),
                          network.quantum_logits(scratch) + 10);
    network.backward(1, 0.5, true, true, scratch, tape, 0);
    ParameterArray all(network.layout().floats, 0.0f);
    const auto &blocks = network.layout().blocks;
    for (std::size_t b = 0; b < blocks.size(); ++b)
      network.gradient(static_cast<int>(b), tape, 1, 0, blocks[b].rows(), all.data() + blocks[b].offset);
    pass.gradients.push_back(std::move(all));
    pass.margins.push_back(
        std::min(margin(traces.spiking, a.spiking, network.spiking()->features().stack()),
                 margin(traces.encoder, a.spiking, network.quantum()->features()->stack())));
  }
  return pass;
}

} // namespace

class TestIsas : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void all_instruction_sets_agree_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("encoder");
    QTest::addColumn<int>("layers");
    for (int kind = 0; kind < neuron_kind_count; ++kind)
      for (const auto &[code, encoder] : {std::pair("constant", 0), {"poisson", 1}, {"latency", 2}})
        for (const int layers : {1, 2})
          QTest::addRow("%s %s %d", facts(static_cast<NeuronKind>(kind)).name, code, layers)
              << kind << encoder << layers;
  }
  void all_instruction_sets_agree() {
    QFETCH(int, kind);
    QFETCH(int, encoder);
    QFETCH(int, layers);
    Architecture a;
    a.pixels = 90;
    a.spiking.neuron.kind = static_cast<NeuronKind>(kind);
    a.spiking.dt_ms = 10 * facts(a.spiking.neuron.kind).default_dt_ms;
    a.spiking.encoder = static_cast<Encoder>(encoder);
    a.spiking.hidden.assign(static_cast<std::size_t>(layers), 12);
    a.quantum.projection = {9};
    const auto isas = runnable_isas();
    const Pass first = run(a, kernels_for(isas.front()));
    int compared = 0;
    for (const std::string &isa : isas) {
      const Pass other = run(a, kernels_for(isa));
      for (std::size_t i = 0; i < images; ++i) {
        if (first.margins[i] < 1e-4)
          continue;
        ++compared;
        for (const auto &branch : {0, 1})
          for (std::size_t c = 10 * i; c < 10 * i + 10; ++c) {
            const float x = first.logits[branch][c], y = other.logits[branch][c];
            QVERIFY(std::abs(x - y) <= 1e-5f * std::max(1.0f, std::abs(x)));
          }
        float largest = 0;
        for (const float g : first.gradients[i])
          largest = std::max(largest, std::abs(g));
        for (std::size_t g = 0; g < first.gradients[i].size(); ++g)
          QVERIFY(std::abs(first.gradients[i][g] - other.gradients[i][g]) <= 1e-5f * std::max(1.0f, largest));
      }
    }
    QVERIFY2(compared >= images / 4, "enough images stay clear of the threshold");
  }
};

QTEST_APPLESS_MAIN(TestIsas)
#include "test_isas.moc"
