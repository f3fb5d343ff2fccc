OPENQASM 3.0;
include "stdgates.inc";
/* every kind of statement
   of version 3 */
pragma nothing
input float[64] x0;
input angle[32] x1, w0;
input float w1;
const int n = 3;
const float[64] half = pi / 2;
float shift = 2 ** 0.5;
gate entangle(t) p, q { cx p, q; rz(2*t - half) q; inv @ s q; gphase(t); cx p, q; }
qubit[n] q;
qubit r;
bit[n] c = "000";
h q;
rx(half * x0 + 1) q[0];
ry(-x1 / 4) q[n - 1];
entangle(w0) q[0], q[1];
ctrl @ x q[0], q[2];
ctrl(2) @ x q[0], q[1], r;
negctrl @ z q[0], q[1];
pow(2) @ t q[0:2];
pow(-1) @ sx q[{0, 2}];
inv @ u3(x0, w1, shift) q[-1];
ctrl @ u3(0.1, 0.2, 0.3) q[0], q[1];
ctrl @ sx q[1], q[0];
rxx(w1) q[0], q[2];
@annotated
barrier q, r;
c = measure q;
