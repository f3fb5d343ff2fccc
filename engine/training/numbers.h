// Lists of numbers as text that reads back to the same bits.
#pragma once
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <type_traits>

namespace duet {

/// Appends numbers, each followed by a space.
class NumberWriter {
public:
  template <class T> NumberWriter &operator<<(T value) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    text_.append(buffer, end).push_back(' ');
    return *this;
  }
  const std::string &text() const { return text_; }

private:
  std::string text_;
};

/// Reads them back; ok() is false after the first that is missing, malformed or not finite.
class NumberReader {
public:
  explicit NumberReader(std::string_view text) : text_(text) {}
  template <class T> NumberReader &operator>>(T &value) {
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    ok_ = ok_ && error == std::errc{};
    if constexpr (std::is_floating_point_v<T>)
      ok_ = ok_ && std::isfinite(value);
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    if (!text_.empty())
      text_.remove_prefix(1);
    return *this;
  }
  bool ok() const { return ok_; }
  bool done() const { return text_.empty(); }

private:
  std::string_view text_;
  bool ok_ = true;
};

} // namespace duet
