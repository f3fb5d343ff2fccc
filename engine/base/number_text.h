// Numbers as text, with a point in every locale.
#pragma once
#include <string>

namespace duet {

/// The shortest that reads back to the same number: "0.1", "1e-05", "nan", "inf".
std::string number_text(double value);
std::string number_text(float value);
/// To so many significant digits: "0.01235", "1.235e-07"; "nan" whatever its sign.
std::string significant(double value, int digits);
/// Rounded to so many digits after the point: "0.980"; number_text for what no 60 characters hold.
std::string rounded(double value, int digits);
/// A time to read, rounded up to whole seconds: "12 s", "3 min 20 s", "1 h 5 min".
std::string duration(double seconds);

} // namespace duet
