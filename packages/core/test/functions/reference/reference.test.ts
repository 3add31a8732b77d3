import { describe, expect, test } from "vitest";
import { elementaryCases } from "../cases/index.ts";
import { measure } from "../worst.ts";
import {
  abs,
  add,
  type Big,
  big,
  div,
  magnitude,
  mul,
  nearestInteger,
  ONE,
  ratio,
  sqrt,
  sub,
} from "./big.ts";
import * as elementary from "./elementary.ts";
import { around, bitPattern, neighbour, uniform } from "./sampling.ts";
import * as special from "./special.ts";
import { relativeError, ulps } from "./ulp.ts";

/** A number written in decimal. */
function decimal(text: string): Big {
  const [digits, exponent = "0"] = text.split("e");
  const [whole, fraction = ""] = digits!.split(".");
  const power = Number(exponent) - fraction.length;
  const mantissa = BigInt(whole! + fraction);
  return power >= 0 ? ratio(mantissa * 10n ** BigInt(power), 1n) : ratio(mantissa, 10n ** BigInt(-power));
}

/** Fifty digits that mpmath 1.3 gives. */
const known: Readonly<Record<string, readonly [Big, string]>> = {
  π: [elementary.PI, "3.1415926535897932384626433832795028841971693993751"],
  "exp 1": [elementary.exp(ONE), "2.7182818284590452353602874713526624977572470937"],
  "log 2": [elementary.log(big(2)), "0.69314718055994530941723212145817656807550013436025"],
  "log 10": [elementary.LN10, "2.3025850929940456840179914546843642076011014886288"],
  "sin 1e22": [elementary.sinCos(big(1e22))[0], "-0.85220084976718880177270589375302936826176215041004"],
  "cos 1e22": [elementary.sinCos(big(1e22))[1], "0.52321478539513894549759447338470949214091997243939"],
  "arctan ½": [elementary.arctan(big(0.5)), "0.46364760900080611621425623146121440202853705428612"],
  "sinh 1": [elementary.sinh(ONE), "1.1752011936438014568823818505956008151557179813341"],
  "arsinh ¾": [elementary.arsinh(big(0.75)), "0.69314718055994530941723212145817656807550013436025"],
  "∛2": [elementary.cubeRoot(big(2)), "1.2599210498948731647672106072782283505702514647015"],
  "erf 1": [special.errorFunction(ONE), "0.8427007929497148693412206350826092592960669979663"],
  "erfc 3": [
    special.complementaryErrorFunction(big(3)),
    "0.00002209049699858544137277612958232037984770708739925",
  ],
  "erfc 10": [
    special.complementaryErrorFunction(big(10)),
    "2.0884875837625447570007862949577886115608181193212e-45",
  ],
  "log Γ(½)": [special.logGamma(big(0.5)), "0.57236494292470008707171367567652935582364740645766"],
  "log|Γ(-2.5)|": [special.logGamma(big(-2.5)), "-0.056243716497674050672594530097654284122944102552846"],
  "log Γ(100.5)": [special.logGamma(big(100.5)), "361.43554046777762155525191270252076285877883524722"],
  "ψ(1)": [special.polyGamma(0, ONE), "-0.57721566490153286060651209008240243104215933593992"],
  "ψ(-1.25)": [special.polyGamma(0, big(-1.25)), "3.7141391202135278303731132371828193068299249606669"],
  "ψ″(1)": [special.polyGamma(2, ONE), "-2.404113806319188570799476323022899981529972584681"],
  "ψ⁽⁵⁾(½)": [special.polyGamma(5, big(0.5)), "7691.1135486024354962417555492193591909377402246484"],
};

describe("the reference", () => {
  test.each(Object.entries(known))("%s to 44 digits", (_, [value, digits]) => {
    expect(magnitude(div(sub(value, decimal(digits)), value))).toBeLessThan(-146);
  });

  test("agrees with itself through other identities to 2⁻¹⁴⁰", () => {
    const random = uniform(2);
    const small = (a: Big, b: Big): void =>
      expect(magnitude(sub(a, b)) - Math.max(magnitude(a), 0)).toBeLessThan(-140);
    for (let n = 0; n < 30; n++) {
      const x = big(20 * random() - 10);
      const positive = abs(x);
      const [s, c] = elementary.sinCos(x);
      small(add(mul(s, s), mul(c, c)), ONE);
      small(elementary.log(elementary.exp(x)), x);
      small(
        elementary.arctan(div(s, c)),
        elementary.arcsin(s.mantissa < 0n === c.mantissa < 0n ? abs(s) : sub(big(0), abs(s))),
      );
      small(mul(sqrt(positive), sqrt(positive)), positive);
      small(elementary.arsinh(elementary.sinh(x)), x);
      small(add(special.errorFunction(x), special.complementaryErrorFunction(x)), ONE);
      // Legendre's duplication: Γ(x) Γ(x + ½) = 2¹⁻²ˣ √π Γ(2x)
      const half = add(positive, big(0.5));
      const twice = add(positive, positive);
      const right = add(mul(sub(ONE, twice), elementary.LN2), div(elementary.log(elementary.PI), big(2)));
      small(add(special.logGamma(positive), special.logGamma(half)), add(right, special.logGamma(twice)));
      small(
        add(special.polyGamma(1, positive), special.polyGamma(1, half)),
        mul(big(4), special.polyGamma(1, twice)),
      );
    }
  });

  test("rounds to the nearest integer", () => {
    expect([2.4, 2.6, -2.4, -2.6, 1e20].map((x) => nearestInteger(big(x)))).toEqual([
      2n,
      3n,
      -2n,
      -3n,
      10n ** 20n,
    ]);
  });
});

describe("measuring", () => {
  test("ulps counts float64 spacings at the exact value", () => {
    expect(ulps(1 + 3 * Number.EPSILON, ONE)).toBe(3);
    expect(ulps(0, big(Number.MIN_VALUE))).toBe(1);
    expect(ulps(Infinity, big(Number.MAX_VALUE))).toBe(1);
    expect(ulps(Infinity, { mantissa: 1n, exponent: 1024 })).toBe(0);
    expect(ulps(-Infinity, { mantissa: 1n, exponent: 1024 })).toBeGreaterThan(1e15);
    expect(ulps(NaN, ONE)).toBe(Infinity);
    expect(ulps(0.1, ratio(1n, 10n))).toBeLessThan(0.5);
    expect(relativeError(1.5, ONE, 0)).toBe(0.5);
    expect(relativeError(0.5, big(0.25), 1)).toBe(0.25);
  });

  test.each(elementaryCases)("a $name that is three places off is seen", (of) => {
    const off = { ...of, computed: (...at: readonly number[]) => neighbour(of.computed(...at), 3) };
    expect(measure(off, 20, 3).ulps.error).toBeGreaterThan(2);
  });

  test("bit patterns reach every binade of an interval", () => {
    const random = uniform(4);
    const drawn = Array.from({ length: 3000 }, () => bitPattern(-2, 1e-310, random));
    expect(drawn.every((x) => x >= -2 && x <= 1e-310)).toBe(true);
    expect(drawn.some((x) => x < -1e-3 && x > -1e-2)).toBe(true);
    expect(drawn.some((x) => x > -1e-300)).toBe(true);
    expect(around(1)).toContain(1 - Number.EPSILON / 2);
  });
});
