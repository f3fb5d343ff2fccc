// One statement after another, straight into a circuit.
#pragma once
#include "engine/qasm/expander.h"
#include "engine/qasm/inputs.h"
#include "engine/qasm/registers.h"

namespace duet::qasm {

class Reader {
public:
  Reader(std::string_view text, Includes includes);
  Circuit read();

private:
  void header();
  void statement();
  bool declaration(const Token &word);
  bool refused(const Token &word);
  void only_outside_of_loops(const Token &word) const;
  void include();
  void register_old(bool quantum);
  void register_new(bool quantum);
  void input(int line);
  void constant(bool declared_const);
  void let();
  void define(bool opaque);
  void measure(int line);
  void assignment(const Token &name);
  void measured(const std::vector<int> &qubits, int line);
  void barrier();
  void reset(int line);
  void gate_call();
  void apply(const Call &call, const std::vector<std::vector<int>> &operands, int line);
  void check_unused(const Token &name);
  void declared(const Token &name);

  // loops (engine/qasm/loops.cpp)
  struct LoopValues {
    Range range;
    std::vector<Value> set; ///< empty: the range counts
    bool real = false;      ///< of type float or angle
    long long count() const;
    Value at(long long k) const;
  };
  void loop();
  LoopValues loop_values(const Token &type);
  void block();
  void skip_block();

  std::optional<Step> find_name(const Token &name) const;

  Lexer lexer_;
  Includes includes_;
  std::vector<std::string> open_files_; ///< included from one another, the outermost first
  std::size_t included_bytes_ = 0;
  GateLibrary library_ = GateLibrary::standard(3);
  Budget budget_;
  Registers registers_;
  Inputs inputs_;
  std::map<std::string, Step, std::less<>> values_; ///< constants and inputs
  std::vector<std::string> local_;                  ///< names that the innermost loop's body has declared
  int loops_ = 0;                                   ///< around the present statement
  std::vector<int> measured_on_line_;               ///< by qubit; 0: not measured
  std::vector<bool> touched_;                       ///< by qubit: some gate has acted on it
  std::size_t names_declared_ = 0;
  Circuit circuit_ = {0, 0, 0, {}};
  Scope scope_;
};

} // namespace duet::qasm
