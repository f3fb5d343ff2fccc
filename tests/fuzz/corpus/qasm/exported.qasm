OPENQASM 3.0;
include "stdgates.inc";
gate sxdg a { s a; h a; s a; }
gate rxx(theta) a, b { h a; h b; cx a, b; rz(theta) b; cx a, b; h a; h b; }
gate ryy(theta) a, b { rx(pi/2) a; rx(pi/2) b; cx a, b; rz(theta) b; cx a, b; rx(-pi/2) a; rx(-pi/2) b; }
gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }
input float[64] x0;
input float[64] w0;
qubit[3] q;
h q[0];
sxdg q[1];
rxx(w0) q[0], q[1];
ryy(2.0*x0 - 3*pi/4) q[1], q[2];
rzz(-w0 + 0.1) q[2], q[0];
barrier q;
crz(1e-05) q[0], q[2];
