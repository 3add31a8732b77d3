import type { FitResult, StrategyFit } from "../fit/index.ts";
import type { Builder, Child } from "./document.ts";
import { formatDuration, formatNumber } from "./format.ts";

/** Each regression: the fit by hand, and the fits with every strategy's derivatives. */
export function fitSection(build: Builder, results: readonly FitResult[]): Child[] {
  return [
    build.element("h2", {}, "Regressions on a real data set"),
    ...results.flatMap((result) => regression(build, result)),
  ];
}

function regression({ element, table }: Builder, result: FitResult): Child[] {
  const { title, source, rows, features, reference, fits, tolerance } = result;
  const columns = ["", "method", "iterations", "evaluations", "time", "error", ...features];
  const byHand = ["by hand", "", "", "", "", "", ...reference.coefficients.map((c) => c.toFixed(5))];
  const lines = fits.map((fit) => {
    const look = !(fit.error <= tolerance) && "bad";
    return fitRow(fit).map((content) => ({ content, look }));
  });
  return [
    element("h3", {}, title),
    element("p", { class: "note" }, `${rows} flowers; by hand: ${reference.method}. ${source}.`),
    table(columns, [byHand.map((content) => ({ content })), ...lines], 2),
  ];
}

function fitRow({
  strategy,
  method,
  iterations,
  evaluations,
  milliseconds,
  error,
  coefficients,
}: StrategyFit): string[] {
  const effort = [String(iterations), String(evaluations), formatDuration(milliseconds)];
  return [strategy, method, ...effort, formatNumber(error), ...coefficients.map((c) => c.toFixed(5))];
}
