// The one layout of JSON.
#include "engine/io/json_text.h"
#include <QtTest/QTest>
#include <bit>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

using Json = nlohmann::ordered_json;

class TestJsonText : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void objectsTakeLinesAndListsOfNumbersDoNot() {
    Json value;
    value["z"] = 1;
    value["a"] = {{"list", {1, 2.5, nullptr}}, {"empty", Json::object()}, {"none", Json::array()}};
    value["rows"] = {{1, 2}, {3}};
    value["results"] = Json::array({Json::object({{"x", true}})});
    QCOMPARE(duet::json_text(value), std::string(R"({
  "z": 1,
  "a": {
    "list": [1,2.5,null],
    "empty": {},
    "none": []
  },
  "rows": [
    [1,2],
    [3]
  ],
  "results": [
    {
      "x": true
    }
  ]
}
)"));
  }

  void textIsEscaped() {
    const std::string said = "\"quoted\"\n\t\\ \x01 größer \xff";
    const Json value = {{"k\"ey", said}};
    const Json back = Json::parse(duet::json_text(value));
    QCOMPARE(back.begin().key(), std::string("k\"ey"));
    QCOMPARE(back.begin().value().get<std::string>(), said.substr(0, said.size() - 1) + "\xef\xbf\xbd");
  }

  void numbersReadBackToTheSameBits() {
    std::mt19937_64 random(5);
    for (int i = 0; i < 200'000; ++i) {
      const double value = std::bit_cast<double>(random());
      if (!std::isfinite(value))
        continue;
      const double back = Json::parse(duet::json_text(value)).get<double>();
      QCOMPARE(std::bit_cast<std::uint64_t>(back), std::bit_cast<std::uint64_t>(value));
    }
    QCOMPARE(duet::json_text(std::numeric_limits<double>::quiet_NaN()), std::string("null\n"));
    QCOMPARE(duet::json_text(std::uint64_t{18446744073709551615u}), std::string("18446744073709551615\n"));
  }
};

QTEST_APPLESS_MAIN(TestJsonText)
#include "test_json_text.moc"
