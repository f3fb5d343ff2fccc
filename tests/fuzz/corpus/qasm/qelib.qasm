OPENQASM 2.0;
include "qelib1.inc";
// every kind of statement of version 2
gate pair(a,b) p,q { rx(a/2) p; barrier p,q; ry(-a+b*2) q; cx q,p; }
opaque magic(t) a,b;
qreg a[2];
qreg b[2];
creg c[4];
h a;
cx a,b;
pair(pi/4, sin(0.3)^2) a[1], b[0];
u3(0.1,-0.2,3e-1) a[0];
cu3(1,2,3) a[0],b[1];
barrier a, b[0];
u1(-pi/8) a; rzz(0.4) a[0],a[1]; ccx a[0],a[1],b[0]; cswap a[0],b[0],b[1];
measure a[0] -> c[0];
measure b[1] -> c[3];
