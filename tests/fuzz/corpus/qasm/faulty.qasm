OPENQASM 3.0;
qubit[2] q;
bit c;
rx(1/0) q[0];
c = measure q[0];
if (c) x q[1];
reset q[0];
gate g(a) b { g(a) b; }
rx((((((((1)))))))) q[7];
input float theta;
