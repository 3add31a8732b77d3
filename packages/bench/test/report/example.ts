import type { BenchmarkResult, Cell } from "../../src/measure/index.ts";
import type { Report } from "../../src/report/index.ts";

const timing = (milliseconds: number) => ({ milliseconds, spread: 0.08, rounds: 3 });

function cell(contender: string, size: number, milliseconds: number, byHand: number): Cell {
  return {
    contender,
    size,
    status: "measured",
    agreement: { verdict: "agrees", compared: "all entries", error: 2e-16, allowed: 1e-10 },
    value: timing(byHand / 2),
    derivative: timing(milliseconds),
    perValue: (2 * milliseconds) / byHand,
    perByHand: milliseconds / byHand,
    bytes: 81_920,
    calls: 1,
  };
}

/** A report with every kind of cell in it, and text that would be markup if it were not escaped. */
export const hostile = `<script>alert("x")</script> & "quotes" | \`ticks\``;

export const benchmark: BenchmarkResult = {
  format: 1,
  environment: {
    date: "2026-01-01T00:00:00.000Z",
    node: "v20.19.0",
    engine: "V8 11.3",
    platform: "linux x64",
    processor: hostile,
    cores: 2,
    memoryGigabytes: 8,
  },
  rounds: 3,
  budget: 250,
  workloads: [
    {
      name: "least-squares",
      title: "‖Xw − y‖²",
      latex: String.raw`\lVert\mathbf{X}\mathbf{w} - \mathbf{y}\rVert^2`,
      operator: "gradient",
      sizes: [
        { n: 10, label: "X 40 × 10" },
        { n: 100, label: "X 400 × 100" },
        { n: 1000, label: "X 4000 × 1000" },
      ],
      cells: [
        cell("by hand", 10, 0.001, 0.001),
        cell("reverse-tape", 10, 0.006, 0.001),
        cell("forward-dual", 10, 0.004, 0.001),
        cell("by hand", 100, 0.08, 0.08),
        cell("reverse-tape", 100, 0.1, 0.08),
        cell("forward-dual", 100, 1.2, 0.08),
        cell("by hand", 1000, 9, 9),
        cell("reverse-tape", 1000, 11, 9),
        {
          contender: "forward-dual",
          size: 1000,
          status: "predicted",
          predicted: 1_500_000,
          value: timing(4),
          agreement: { verdict: "agrees", compared: "random directions", error: 3e-16, allowed: 1e-10 },
        },
      ],
      growth: [
        { contender: "reverse-tape", exponent: 1.62, theory: 2 },
        { contender: "forward-dual", exponent: null, theory: 3 },
      ],
      crossovers: [{ below: "forward-dual", above: "reverse-tape", size: 12.3 }],
    },
    {
      name: "broken",
      title: hostile,
      latex: String.raw`\notacommand{<b>}`,
      operator: "jacobian",
      sizes: [{ n: 1, label: hostile }],
      cells: [
        cell("by hand", 1, 0.001, 0.001),
        { contender: "reverse-tape", size: 1, status: "failed", message: hostile },
        {
          contender: "forward-dual",
          size: 1,
          status: "wrong",
          agreement: { verdict: "disagrees", compared: "all entries", error: 0.5, allowed: 1e-10 },
        },
      ],
      growth: [],
      crossovers: [],
    },
  ],
  overhead: [{ contender: "reverse-tape", total: 0.3, arithmetic: 0.1, overhead: 0.2 }],
};

export const report: Report = {
  benchmark,
  derivations: [
    {
      title: hostile,
      question: "norm2(X*w - y)^2",
      answer: "2*(X*w - y)'*X",
      questionLatex: String.raw`\frac{\partial}{\partial\mathbf{w}} \lVert\mathbf{X}\mathbf{w} - \mathbf{y}\rVert^2`,
      answerLatex: String.raw`2\left(\mathbf{X}\mathbf{w} - \mathbf{y}\right)^{\top}\mathbf{X}`,
      steps: [
        {
          rule: hostile,
          before: "z",
          after: hostile,
          latex: String.raw`\mathbf{a} = \mathbf{X}\mathbf{w} - \mathbf{y}`,
        },
      ],
      checks: [{ strategy: "reverse-tape", first: 1.5, error: 1e-16 }],
    },
  ],
  crossCheck: {
    programs: 100,
    agreements: 99,
    inconclusive: 1,
    disagreements: 0,
    abstentions: 3,
    seconds: 4.2,
  },
  fits: [
    {
      title: "linear regression",
      source: hostile,
      rows: 150,
      features: ["intercept", hostile],
      reference: { method: "normal equations", coefficients: [1, 2] },
      tolerance: 1e-6,
      fits: [
        {
          strategy: "reverse-tape",
          method: "Newton",
          coefficients: [1, 2],
          loss: 0.1,
          iterations: 1,
          evaluations: 2,
          milliseconds: 0.3,
          error: 1e-12,
        },
      ],
    },
  ],
};
