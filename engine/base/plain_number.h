// Numbers as files and command lines write them: with a decimal point, in every locale.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace duet {

/// "0.5", "+3", "1e-3"; nothing else may stand there.
std::optional<double> read_real(std::string_view text);
/// "64", "64.0", "1e3"; up to 2^53 either way, beyond that only in digits. Not "64.5".
std::optional<long long> read_whole(std::string_view text);
/// What to say of a number with a decimal comma: "; write it with a decimal point: 0.5"; empty for all else.
std::string comma_hint(std::string_view text);

} // namespace duet
