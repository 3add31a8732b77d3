const value: Float64Array = /* @__PURE__ */ new Float64Array(1);
const halves: Int32Array = /* @__PURE__ */ halvesOf(value);

/** Which half holds the exponent: the second in memory on a little-endian machine. */
const HIGH: number = /* @__PURE__ */ indexOfHighHalf();

/** 2⁻⁵⁴⁰ … 2⁵¹²: a table, since writing an exponent into memory and reading it back as a number stalls a processor. */
const POWERS: Float64Array = /* @__PURE__ */ powersOfTwo(-540, 512);

function halvesOf(number: Float64Array): Int32Array {
  return new Int32Array(number.buffer);
}

function indexOfHighHalf(): number {
  return new Uint8Array(Uint16Array.of(1).buffer)[0]!;
}

function powersOfTwo(first: number, last: number): Float64Array {
  const powers = new Float64Array(last - first + 1);
  powers[0] = 2 ** first;
  for (let n = 1; n < powers.length; n++) powers[n] = 2 * powers[n - 1]!;
  return powers;
}

/** The k for which 2ᵏ ≤ |x| < 2ᵏ⁺¹. For normal numbers. */
export function exponentOf(x: number): number {
  value[0] = x;
  return ((halves[HIGH]! >>> 20) & 0x7ff) - 1023;
}

/** m·2ᵏ for m near 1 and -1080 ≤ k ≤ 1024, rounded once when the result is subnormal. */
export function scaleByPowerOfTwo(m: number, k: number): number {
  const half = k >> 1;
  return m * POWERS[half + 540]! * POWERS[k - half + 540]!;
}
