// The safetensors reader believes nothing; the writer is deterministic.
#include "engine/base/error.h"
#include "engine/io/files.h"
#include "engine/io/tensors.h"
#include "tests/support/source_dir.h"
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <fstream>
#include <limits>

using namespace duet;

class TestTensors : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  std::filesystem::path file() const { return folder_.path().toStdString() + "/t.safetensors"; }

  static std::string packed(const std::string &header, const std::string &data, std::int64_t lie = 0) {
    const std::uint64_t length = header.size() + static_cast<std::uint64_t>(lie);
    return std::string(reinterpret_cast<const char *>(&length), 8) + header + data;
  }
  /// One tensor of these numbers.
  template <class... Number>
  static std::string values(const std::string &type, const std::string &shape, Number... all) {
    std::string bytes;
    (bytes.append(reinterpret_cast<const char *>(&all), sizeof all), ...);
    return packed("{\"spiking.0.weight\":{\"dtype\":\"" + type + "\",\"shape\":" + shape +
                      ",\"data_offsets\":[0," + std::to_string(bytes.size()) + "]}}",
                  bytes);
  }
  static TensorFile example() {
    TensorFile tensors;
    tensors.metadata = {{"signature", "0123"}, {"made by", "a \"test\" \n"}};
    tensors.tensors["b"] = {{2, 3}, {1, 2, 3, 4, 5, 6.5f}};
    tensors.tensors["a.weight"] = {{}, {-0.25f}};
    tensors.tensors["empty"] = {{0, 7}, {}};
    return tensors;
  }

  /// Without waiting for the disk, for there are many.
  void put(const std::string &bytes) { std::ofstream(file(), std::ios::binary) << bytes; }

private Q_SLOTS:
  void roundTrip() {
    write_file(file(), tensor_bytes(example()));
    const TensorFile back = read_tensors(file());
    QVERIFY(back.tensors == example().tensors);
    QVERIFY(back.metadata == example().metadata);
  }

  void sameTensorsSameBytes() {
    write_file(file(), tensor_bytes(example()));
    const std::string first = read_file(file());
    write_file(file(), tensor_bytes(read_tensors(file())));
    QVERIFY(read_file(file()) == first);
    std::uint64_t length = 0;
    std::memcpy(&length, first.data(), 8);
    QCOMPARE(length % 8, std::uint64_t{0});
    QVERIFY(first.find("\"a.weight\"") < first.find("\"b\""));
  }

  void signatureIsTheDigestOfTheBytesInOrderOfNames() {
    std::string bytes;
    for (const float v : {-0.25f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.5f})
      bytes.append(reinterpret_cast<const char *>(&v), 4);
    QCOMPARE(signature_of(example()), sha256_hex(bytes).substr(0, 16));
    QCOMPARE(signature_of(example()).size(), std::size_t{16});
  }

  void everyCutIsNoticed() {
    write_file(file(), tensor_bytes(example()));
    const std::string whole = read_file(file());
    for (std::size_t size = 0; size < whole.size(); ++size) {
      put(whole.substr(0, size));
      QVERIFY_EXCEPTION_THROWN(read_tensors(file()), Error);
    }
    put(whole + "x");
    QVERIFY_EXCEPTION_THROWN(read_tensors(file()), Error);
  }

  void damaged_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("says");
    const auto row = [](const char *name, const std::string &bytes, const std::string &says) {
      QTest::newRow(name) << bytes << says;
    };
    const std::string four(4, 'x'), eight(8, 'x');
    const std::string good = R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
    row("empty", "", "8 bytes");
    row("huge header", std::string("\xff\xff\xff\xff\xff\xff\xff\x7f", 8) + good + four, "header says");
    row("all ones header", std::string(8, '\xff') + good + four, "header says");
    row("header beyond the end", packed(good, four, 5), "header says");
    row("header too short", packed(good, four, -3), "no JSON");
    row("no object", packed("[1]", ""), "no JSON object");
    row("no JSON", packed("{\"a\":", ""), "no JSON");
    row("bad UTF-8", packed("{\"\xff\":1}", ""), "no JSON");
    row("deep", packed(std::string(100000, '[') + std::string(100000, ']'), ""), "nested deeper");
    row("entry", packed(R"({"w":1})", ""), "\"w\" is no object");
    row("no dtype", packed(R"({"w":{"shape":[1],"data_offsets":[0,4]}})", four), "no dtype");
    row("dtype", packed(R"({"w":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}})", four), "\"I32\"; F32");
    row("eight bits", packed(R"({"w":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}})", four),
        "\"F8_E4M3\"");
    row("half the bytes", packed(R"({"w":{"dtype":"F16","shape":[1],"data_offsets":[0,4]}})", four),
        "needs 2 bytes");
    row("twice the bytes", packed(R"({"w":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}})", eight),
        "needs 16 bytes");
    const float nan = std::numeric_limits<float>::quiet_NaN(),
                infinity = std::numeric_limits<float>::infinity();
    row("nan", values("F32", "[2,3]", 1.f, 2.f, 3.f, 4.f, 5.f, nan),
        "\"spiking.0.weight\" holds nan at [1, 2]");
    row("minus infinity", values("F32", "[3]", 1.f, -infinity, nan), "holds -inf at [1]");
    row("no dimension", values("F32", "[]", nan), "holds nan at []");
    row("half infinity", values("F16", "[2]", std::uint16_t{0x3c00}, std::uint16_t{0x7c00}),
        "holds inf at [1]");
    row("half nan", values("F16", "[1,1]", std::uint16_t{0xfe01}), "nan at [0, 0]");
    row("brain infinity", values("BF16", "[1]", std::uint16_t{0xff80}), "holds -inf at [0]");
    row("brain nan", values("BF16", "[1]", std::uint16_t{0x7f81}), "nan at [0]");
    row("double nan", values("F64", "[1]", std::numeric_limits<double>::quiet_NaN()), "holds nan at [0]");
    row("too large for 32 bits", values("F64", "[2]", 1.0, -1e39), "holds -1e+39 at [1]");
    row("dtype number", packed(R"({"w":{"dtype":3,"shape":[2],"data_offsets":[0,4]}})", four), "no dtype");
    row("no shape", packed(R"({"w":{"dtype":"F32","data_offsets":[0,4]}})", four), "\"shape\"");
    row("negative", packed(R"({"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", four),
        "whole number");
    row("fraction", packed(R"({"w":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}})", four),
        "whole number");
    row("beyond 64 bits",
        packed(R"({"w":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}})", four),
        "whole number");
    row("overflow",
        packed(R"({"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", ""),
        "too large");
    row("shape lies", packed(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", four),
        "needs 8 bytes");
    row("offsets", packed(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}})", four), "data_offsets");
    row("backwards", packed(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", four),
        "begin <= end");
    row("past the end", packed(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", four),
        "ends at byte 8");
    row("gap", packed(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", eight), "gap");
    row("overlap",
        packed(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
               R"("b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
               four),
        "overlaps");
    row("left over", packed(good, eight), "end at byte 4");
    row("twice",
        packed(R"({"w":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},)"
               R"("w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
               four),
        "twice");
    row("metadata", packed(R"({"__metadata__":{"a":1}})", ""), "no string");
    row("metadata list", packed(R"({"__metadata__":[]})", ""), "no object");
  }
  void damaged() {
    QFETCH(std::string, bytes);
    QFETCH(std::string, says);
    put(bytes);
    try {
      read_tensors(file());
      QFAIL("no error");
    } catch (const Error &error) {
      QCOMPARE(error.code(), ExitCode::data);
      const std::string text = error.what();
      QVERIFY2(text.find(file().string()) != std::string::npos, text.c_str());
      QVERIFY2(text.find(says) != std::string::npos, text.c_str());
    }
  }

  /// tests/golden/dtypes.py wrote the file and, beside each tensor, what numpy reads in it.
  void everyTypeIsReadAsNumpyReadsIt() {
    const TensorFile read = read_tensors(source_dir() + "/tests/golden/dtypes.safetensors");
    for (const char *name : {"half", "brain", "double", "single"}) {
      const Tensor &tensor = read.tensors.at(name);
      const Tensor &expected = read.tensors.at(std::string(name) + ".expected");
      QCOMPARE(tensor.shape, expected.shape);
      QVERIFY2(std::memcmp(tensor.values.data(), expected.values.data(),
                           expected.values.size() * sizeof(float)) == 0,
               name);
    }
    QVERIFY(read.tensors.at("half").values.size() > 2000 && read.tensors.at("brain").values.size() > 2000);
  }

  void missingFileIsMissingData() {
    try {
      read_tensors(folder_.path().toStdString() + "/none");
      QFAIL("no error");
    } catch (const Error &error) {
      QCOMPARE(error.code(), ExitCode::data);
    }
  }
};

QTEST_APPLESS_MAIN(TestTensors)
#include "test_tensors.moc"
