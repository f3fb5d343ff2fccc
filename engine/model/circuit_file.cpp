#include "engine/model/circuit_file.h"
#include "engine/base/error.h"
#include "engine/io/files.h"
#include "engine/qasm/lexer.h"
#include "engine/qasm/qasm.h"
#include <algorithm>

namespace duet {
namespace {

namespace fs = std::filesystem;

/// Whether a path without links lies in a folder without links, or below.
bool is_inside(const fs::path &path, const fs::path &folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

/// The folder that a program's own file lies in.
fs::path folder_of(const fs::path &file) {
  std::error_code error;
  const fs::path whole = fs::canonical(file, error);
  return error ? fs::path() : whole.parent_path();
}

IncludedFile beside(const fs::path &folder, const std::string &path, const std::string &from) {
  const auto refuse = [&](const std::string &why) {
    return Error(ExitCode::usage, "include " + qasm::quoted(path) + " cannot be read: " + why);
  };
  if (fs::path(path).is_absolute())
    throw refuse("write where it lies from the circuit's folder on");
  std::error_code error;
  const fs::path file = fs::weakly_canonical(folder / fs::path(from).parent_path() / path, error);
  if (error || !is_inside(file, folder))
    throw refuse("only files in the circuit's folder and below are");
  const std::string name = file.lexically_relative(folder).string();
  if (!fs::is_regular_file(file, error))
    throw refuse(fs::exists(file, error) ? "it is no file" : "there is no such file in the circuit's folder");
  return {name, read_file(file, largest_qasm)};
}

} // namespace

Circuit read_circuit_file(const fs::path &file, const std::string &name) {
  const std::string text = read_file(file, largest_qasm);
  return read_qasm(text, name, [folder = folder_of(file)](const std::string &path, const std::string &from) {
    return beside(folder, path, from);
  });
}

Circuit read_circuit_from_standard_input() {
  return read_qasm(read_standard_input(largest_qasm), "standard input");
}

} // namespace duet
