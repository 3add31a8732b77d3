import * as Plot from "@observablehq/plot";
import { byHand } from "../measure/results.ts";
import type { WorkloadResult } from "../measure/index.ts";
import { formatDuration, formatRatio } from "./format.ts";

/** Colours that people with any colour vision tell apart (Okabe and Ito), one for each contender in every plot. */
const palette = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b8a800"];
const neutral = "#888888";
/** Large enough to be read where a narrow screen shrinks the plot. */
const fontSize = "13px";

export type Colors = ReadonlyMap<string, string>;

/** The colour of every contender, in the order in which they first appear. */
export function contenderColors(names: readonly string[]): Colors {
  const others = names.filter((name) => name !== byHand);
  return new Map([
    [byHand, neutral],
    ...others.map((name, index): [string, string] => [name, palette[index % palette.length]!]),
  ]);
}

interface Point {
  readonly contender: string;
  readonly size: number;
  /** In milliseconds. */
  readonly time: number;
  readonly predicted: boolean;
}

/** Time of the derivative against n, both logarithmic; what is predicted is drawn open and dotted. */
export function timePlot(result: WorkloadResult, colors: Colors, document: Document): Element {
  const points = result.cells.flatMap(({ contender, size, derivative, predicted }): Point[] => {
    const time = derivative?.milliseconds ?? predicted;
    return time === undefined ? [] : [{ contender, size, time, predicted: derivative === undefined }];
  });
  const stroke = ({ contender }: Point): string => colors.get(contender)!;
  const curve = { x: "size", y: "time", z: "contender", stroke, strokeWidth: 1.75 };
  return Plot.plot({
    document,
    style: { fontSize },
    width: 480,
    height: 320,
    marginTop: 32,
    marginLeft: 68,
    marginRight: 24,
    marginBottom: 44,
    x: { type: "log", label: "n", ticks: result.sizes.map(({ n }) => n), tickFormat: String },
    y: {
      type: "log",
      label: "time of the derivative",
      grid: true,
      ticks: decades(points.map(({ time }) => time)),
      tickFormat: formatTick,
    },
    marks: [
      Plot.line(
        points.filter(({ predicted }) => !predicted),
        curve,
      ),
      Plot.line(dotted(points), { ...curve, strokeDasharray: "2 4" }),
      Plot.dot(points, {
        x: "size",
        y: "time",
        r: 3,
        stroke,
        fill: (point: Point) => (point.predicted ? "var(--paper)" : stroke(point)),
      }),
    ],
  });
}

/** Powers of ten between the smallest and the largest value; every second or third where there are many. */
function decades(values: readonly number[]): number[] {
  const [low, high] = [
    Math.ceil(Math.log10(Math.min(...values))),
    Math.floor(Math.log10(Math.max(...values))),
  ];
  const step = Math.max(1, Math.ceil((high - low) / 5));
  const exponents = Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => low + index);
  return exponents.filter((exponent) => (exponent - low) % step === 0).map((exponent) => 10 ** exponent);
}

/** Powers of ten stay powers of ten: 1000 s, not 16.7 min. */
function formatTick(milliseconds: number): string {
  return milliseconds >= 1000 ? `${milliseconds / 1000} s` : formatDuration(milliseconds);
}

/** From the last point that was measured to those that were predicted. */
function dotted(points: readonly Point[]): Point[] {
  return points.filter(({ contender, size, predicted }) => {
    const next = points.find((point) => point.contender === contender && point.size > size);
    return predicted || next?.predicted === true;
  });
}

/** Each contender's time over that of the derivative by hand, at the largest size that most were measured at. */
export function ratioPlot(result: WorkloadResult, colors: Colors, document: Document): Element[] {
  const { n, label } = mostMeasuredSize(result);
  const bars = result.cells
    .filter(({ size, contender, perByHand }) => size === n && contender !== byHand && perByHand !== undefined)
    .map(({ contender, perByHand }) => ({ contender, ratio: perByHand! }))
    .sort((a, b) => a.ratio - b.ratio);
  if (bars.length === 0) return [];
  const ratios = bars.map(({ ratio }) => ratio);
  const domain = [Math.min(0.5, ...ratios), Math.max(2, ...ratios)] as const;
  const y = "contender";
  const plot = Plot.plot({
    document,
    style: { fontSize },
    width: 480,
    height: 76 + 34 * bars.length,
    marginLeft: 120,
    marginRight: 64,
    marginBottom: 44,
    x: {
      type: "log",
      label: `time over the derivative by hand, ${label}`,
      domain,
      ticks: ratioTicks(...domain),
      tickFormat: formatRatio,
    },
    y: { label: null, domain: bars.map(({ contender }) => contender) },
    marks: [
      Plot.barX(bars, { x1: 1, x2: "ratio", y, fill: ({ contender }) => colors.get(contender)!, inset: 2 }),
      Plot.text(bars, {
        x: ({ ratio }) => Math.max(1, ratio),
        y,
        text: ({ ratio }) => formatRatio(ratio),
        textAnchor: "start",
        dx: 5,
      }),
      Plot.ruleX([1]),
    ],
  });
  return [plot];
}

/** Powers of ten; with their halves and doubles where there are few. */
function ratioTicks(low: number, high: number): number[] {
  if (high / low > 50) return decades([low, high]);
  return decades([low / 2, 2 * high])
    .flatMap((power) => [power / 2, power, 2 * power])
    .filter((tick) => tick >= low && tick <= high);
}

/** The size with the most contenders; the largest of several. */
function mostMeasuredSize({ cells, sizes }: WorkloadResult): WorkloadResult["sizes"][number] {
  const count = (n: number): number =>
    cells.filter(({ size, derivative }) => size === n && derivative).length;
  return sizes.reduce((best, candidate) => (count(candidate.n) >= count(best.n) ? candidate : best));
}
