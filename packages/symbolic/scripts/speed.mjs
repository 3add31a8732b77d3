/**
 * How long derivations take, warm: `node packages/symbolic/scripts/speed.mjs [part of a name]`, after a build.
 *
 * The cases are the derivatives of chapter 2 of the Matrix Cookbook (Petersen and Pedersen, 2012) with its equation
 * numbers, and formulas that swell. Cookbook cases are derived in turn, each with the text of its answer, in 40 rounds that
 * warm up and 40 that count: the best of these is what the machine can do, the median what it does beside its other work.
 * Formulas that swell are derived twice, and the second time counts. Times are of the processor, with the garbage that is
 * collected and the code that is compiled meanwhile.
 */
import { derive } from "@fluxion/symbolic";

const shapes = {
  a: ["n"],
  b: ["n"],
  c: ["m"],
  d: ["m"],
  x: ["n"],
  w: ["n"],
  s: ["n"],
  y: ["m"],
  t: [],
  A: ["n", "n"],
  B: ["n", "n"],
  C: ["n", "n"],
  D: ["m", "m"],
  X: ["n", "n"],
  Y: ["m", "n"],
  W: ["n", "n"],
  E: ["n", "m"],
  Z: ["n", "m"],
};

/** [name, formula, variable, more options] */
const cookbook = [
  ["46 det", "det(A + t*B)", "t"],
  ["49 det(X)", "det(X)", "X"],
  ["51 det(AXB)", "det(A*X*B)", "X"],
  ["52 det(X'AX)", "det(X'*A*X)", "X"],
  ["53 det(Z'AZ), Z tall", "det(Z'*A*Z)", "Z"],
  ["55 logdet(X'X)", "logdet(Y'*Y)", "Y"],
  ["57 logdet(X)", "logdet(X)", "X"],
  ["58 det(X^3)", "det(X^3)", "X"],
  ["59 inverse by t", "inv(A + t*B)", "t"],
  ["60 inverse", "inv(X)", "X"],
  ["61 a'inv(X)b", "a'*inv(X)*b", "X"],
  ["62 det(inv(X))", "det(inv(X))", "X"],
  ["63 tr(A inv(X) B)", "tr(A*inv(X)*B)", "X"],
  ["64 tr(inv(X + A))", "tr(inv(X + A))", "X"],
  ["69 x'a", "x'*a", "x"],
  ["70 c'Yb", "c'*Y*b", "Y"],
  ["71 b'Y'c", "b'*Y'*c", "Y"],
  ["76 sum of products", "sum(X)^2", "X"],
  ["77 b'X'Xa", "b'*X'*X*a", "X"],
  ["78 (Bx + b)'C(Dx + d)", "(B*x + b)'*C*(A*x + a)", "x"],
  ["81 x'Bx", "x'*B*x", "x"],
  ["82 b'X'DXc", "b'*Y'*D*Y*a", "Y"],
  ["83 (Xb + c)'D(Xb + c)", "(Y*b + c)'*D*(Y*b + c)", "Y"],
  ["84 (x - As)'W(x - As) by s", "(x - A*s)'*W*(x - A*s)", "s", { assume: { W: "symmetric" } }],
  ["85 (x - s)'W(x - s)", "(x - s)'*W*(x - s)", "x", { assume: { W: "symmetric" } }],
  ["88 (x - As)'W(x - As) by A", "(x - A*s)'*W*(x - A*s)", "A", { assume: { W: "symmetric" } }],
  ["91 a'X^4b", "a'*X^4*b", "X"],
  ["92 a'(X^3)'X^3b", "a'*(X^3)'*X^3*b", "X"],
  ["93 s'Ar", "(A*s)'*(A*x)", "A"],
  ["96 Hessian of a quadratic form", "x'*A*x + b'*x", "x", { order: 2 }],
  ["99 tr(X)", "tr(X)", "X"],
  ["100 tr(XA)", "tr(X*A)", "X"],
  ["101 tr(AXB)", "tr(A*X*B)", "X"],
  ["102 tr(AX'B)", "tr(A*X'*B)", "X"],
  ["106 tr(X^2)", "tr(X^2)", "X"],
  ["107 tr(X^2B)", "tr(X^2*B)", "X"],
  ["108 tr(X'BX)", "tr(X'*B*X)", "X"],
  ["109 tr(BXX')", "tr(B*X*X')", "X"],
  ["110 tr(XX'B)", "tr(X*X'*B)", "X"],
  ["111 tr(XBX')", "tr(X*B*X')", "X"],
  ["113 tr(AXBX)", "tr(A*X*B*X)", "X"],
  ["115 tr(X'X)", "tr(X'*X)", "X"],
  ["116 tr(BX'CXB)", "tr(B*X'*C*X*B)", "X"],
  ["117 tr(X'BXC)", "tr(X'*B*X*C)", "X"],
  ["118 tr(AXBX'C)", "tr(A*X*B*X'*C)", "X"],
  ["119 tr((AXB + C)(AXB + C)')", "tr((A*X*B + C)*(A*X*B + C)')", "X"],
  ["121 tr(X^4)", "tr(X^4)", "X"],
  ["122 tr(AX^4)", "tr(A*X^4)", "X"],
  ["123 tr(B'X'CXX'CXB)", "tr(B'*X'*C*X*X'*C*X*B)", "X"],
  ["124 tr(A inv(X) B)", "tr(A*inv(X)*B)", "X"],
  ["125 tr(inv(X'CX)A)", "tr(inv(X'*C*X)*A)", "X", { assume: { C: "symmetric" } }],
  [
    "126 tr(inv(X'CX)(X'BX))",
    "tr(inv(X'*C*X)*(X'*B*X))",
    "X",
    { assume: { B: "symmetric", C: "symmetric" } },
  ],
  [
    "127 tr(inv(A + X'CX)(X'BX))",
    "tr(inv(A + X'*C*X)*(X'*B*X))",
    "X",
    { assume: { B: "symmetric", C: "symmetric" } },
  ],
  ["128 tr(sin(X))", "tr(sin(X))", "X"],
  ["129 |x - a|", "norm2(x - a)", "x"],
  ["130 (x - a)/|x - a|", "(x - a)/norm2(x - a)", "x"],
  ["131 |x|^2", "norm2(x)^2", "x"],
  ["132 |X|^2", "norm2(X)^2", "X"],
  ["137 chain rule", "log(x'*A*x)", "x"],
  ["141 symmetric X", "logdet(X)", "X", { assume: { X: "symmetric" } }],
  ["Gaussian by its covariance", "-logdet(X)/2 - (x - a)'*inv(X)*(x - a)/2", "X", { assume: { X: "spd" } }],
  ["logistic regression, Hessian", "sum(log(1 + exp(-y.*(Y*w))))", "w", { order: 2 }],
  ["Rayleigh quotient, Hessian", "x'*A*x/(x'*x)", "x", { order: 2, assume: { A: "symmetric" } }],
  ["softmax regression, Hessian", "logsumexp(Y*w) - c'*(Y*w)", "w", { order: 2 }],
  ["two layers", "norm2(B*tanh(A*x + a) - b)^2", "A"],
];

const times = (count, before, middle, after) => before.repeat(count) + middle + after.repeat(count);

/** Formulas that grow when they are differentiated: a result within a second, or LIMIT. */
const towers = [
  ["inv(A + inv(B + …)), 6 deep, order 2", `${times(6, "inv(A + ", "X", ")")}`, "X", { order: 2 }],
  ["inv(inv(A) + inv(B)), 6 deep, order 2", `${times(6, "inv(inv(A) + ", "inv(X)", ")")}`, "X", { order: 2 }],
  [
    "logdet(A + logdet(…)*B), 6 deep, order 2",
    `${times(6, "logdet(A + ", "logdet(X)", "*X)")}`,
    "X",
    { order: 2 },
  ],
  ["det(A + det(…)*B), 6 deep, order 2", `${times(6, "det(A + ", "det(X)", "*X)")}`, "X", { order: 2 }],
  ["A^32", "A^32", "A"],
  ["tr(A^32)", "tr(A^32)", "A"],
  ["product of 30 factors", Array.from({ length: 30 }, (_, k) => `(t + ${k + 1})`).join("*"), "t"],
  [
    "product of 30 sines, order 2",
    Array.from({ length: 30 }, (_, k) => `sin(${k + 1}*t)`).join("*"),
    "t",
    { order: 2 },
  ],
  ["product of 30 matrices", Array.from({ length: 30 }, (_, k) => (k % 3 === 0 ? "X" : "A")).join("*"), "X"],
  ["softmax(A*…), 12 deep", times(12, "softmax(A*", "x", ")"), "A"],
  ["nested radical, 12 deep, order 3", times(12, "sqrt(t + ", "t", ")"), "t", { order: 3 }],
  ["t^t^t^t, order 5", "t^t^t^t", "t", { order: 5 }],
  ["(t + 1)^2, 15 deep, order 2", times(15, "(", "t", " + 1)^2"), "t", { order: 2 }],
];

/** Rounds that warm up, and as many that count. */
const ROUNDS = 40;

/** One derivation with the text of its answer: milliseconds of the processor, and the text or the error. */
function run([, formula, wrt, options = {}]) {
  const began = process.cpuUsage();
  let outcome;
  try {
    outcome = derive(formula, { wrt, shapes, ...options }).toString();
  } catch (error) {
    if (error.code === undefined) throw error;
    outcome = `${error.code}: ${error.message.split("\n")[0]}`;
  }
  const { user, system } = process.cpuUsage(began);
  return { took: (user + system) / 1000, outcome };
}

/** All cases in turn, so that whatever else the machine does for a while hits no case in all rounds. */
function measure(cases, rounds) {
  const results = cases.map(() => []);
  for (let round = 0; round < 2 * rounds; round++)
    cases.forEach((row, k) => {
      const result = run(row);
      if (round >= rounds) results[k].push(result);
    });
  return results.map((counted, k) => {
    const times = counted.map(({ took }) => took).sort((a, b) => a - b);
    return {
      name: cases[k][0],
      best: times[0],
      median: times[times.length >> 1],
      outcome: counted[0].outcome,
    };
  });
}

const milliseconds = (value) => value.toFixed(1).padStart(8);

function report(title, rows, limit) {
  if (rows.length === 0) return;
  console.log(`\n${title}\n    best   median`);
  for (const { name, best, median, outcome } of rows)
    console.log(`${milliseconds(best)} ${milliseconds(median)} ms  ${name}: ${outcome.slice(0, 90)}`);
  const slowest = rows.reduce((a, b) => (a.best > b.best ? a : b));
  const over = rows.filter(({ best }) => best >= limit).length;
  console.log(
    `slowest: ${slowest.name}, ${slowest.best.toFixed(1)} ms; ${over} of ${rows.length} take ${limit} ms or more`,
  );
}

const wanted = process.argv[2] ?? "";
const chosen = (cases) => cases.filter(([name]) => name.includes(wanted));
report("Matrix Cookbook", measure(chosen(cookbook), ROUNDS), 10);
report("Formulas that swell", measure(chosen(towers), 1), 1000);
