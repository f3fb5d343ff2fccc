// What a refusal must look like.
#pragma once
#include "engine/base/error.h"
#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace duet::fuzz {

/// One line of UTF-8 without control characters.
bool printable(std::string_view text);

/// What `read` finds broken; a refusal is well where it has one of these exit codes and is one printable
/// sentence that names the file.
template <class Read>
std::string unless_refused(std::string_view file, std::initializer_list<ExitCode> codes, const Read &read) {
  try {
    return read();
  } catch (const Error &error) {
    const std::string sentence = error.what();
    if (!printable(sentence))
      return "the sentence is not one printable line: " + sentence;
    if (std::find(codes.begin(), codes.end(), error.code()) == codes.end())
      return "not an exit code of this reader: " + sentence;
    return sentence.find(file) != std::string::npos ? "" : "the sentence does not name the file: " + sentence;
  }
}

} // namespace duet::fuzz
