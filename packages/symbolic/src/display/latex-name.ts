const GREEK: ReadonlySet<string> = new Set([
  "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
  "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
  "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega",
]); // prettier-ignore

/** A variable in LaTeX: italic for a scalar, bold for an array; `x_1` has a subscript. */
export function latexName(name: string, isArray: boolean): string {
  const [, base = name, subscript] = /^([A-Za-z]+)_?([0-9][A-Za-z0-9]*|(?<=_)[A-Za-z0-9]+)$/.exec(name) ?? [];
  const index =
    subscript === undefined
      ? ""
      : `_{${subscript.length > 1 && /[A-Za-z]/.test(subscript) ? `\\mathrm{${subscript}}` : subscript}}`;
  if (GREEK.has(base)) return `${isArray ? `\\boldsymbol{\\${base}}` : `\\${base}`}${index}`;
  const safe = base.replaceAll("_", "\\_");
  if (isArray) return `\\mathbf{${safe}}${index}`;
  return `${safe.length === 1 ? safe : `\\mathit{${safe}}`}${index}`;
}
