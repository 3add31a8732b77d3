const bits = new DataView(new ArrayBuffer(8));

/** The largest power of two of which x is a multiple; Infinity for 0. */
export function granularity(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return Infinity;
  bits.setFloat64(0, x);
  const [high, low] = [bits.getUint32(0), bits.getUint32(4)];
  const exponent = (high >>> 20) & 0x7ff;
  const mantissa = (high & 0xfffff) | (exponent === 0 ? 0 : 0x100000);
  const zeros = low === 0 ? 32 + trailingZeros(mantissa) : trailingZeros(low);
  const power = Math.max(exponent, 1) - 1075 + zeros;
  return 2 ** power;
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}
