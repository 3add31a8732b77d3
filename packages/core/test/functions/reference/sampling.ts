/** A stream of uniform numbers in [0, 1) that a seed repeats (xorshift128 after Marsaglia). */
export function uniform(seed: number): () => number {
  let [a, b, c, d] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 0xb7e15162 | 0];
  const next = (): number => {
    const t = a ^ (a << 11);
    [a, b, c] = [b, c, d];
    d = d ^ (d >>> 19) ^ t ^ (t >>> 8);
    return d >>> 0;
  };
  for (let n = 0; n < 20; n++) next();
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) * 2 ** -53;
}

const view = new DataView(new ArrayBuffer(8));

/** The float64 values in order, as integers: consecutive numbers have consecutive ranks. */
function rank(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return bits >= 0n ? bits : -(bits & 0x7fffffffffffffffn);
}

function ofRank(n: bigint): number {
  view.setBigInt64(0, n >= 0n ? n : -n | -0x8000000000000000n);
  return view.getFloat64(0);
}

/** The float64 n places after x. */
export function neighbour(x: number, n: number): number {
  return ofRank(rank(x) + BigInt(n));
}

/** A random bit pattern between two numbers: every binade, subnormals too, is as likely as any other. */
export function bitPattern(low: number, high: number, random: () => number): number {
  const first = rank(low);
  const span = rank(high) - first + 1n;
  const position = (BigInt(Math.floor(random() * 2 ** 32)) << 32n) | BigInt(Math.floor(random() * 2 ** 32));
  return ofRank(first + ((span * position) >> 64n));
}

/** The numbers given and, on either side of each, its neighbours at 1, 2 and 1000 places. */
export function around(...centres: readonly number[]): readonly number[] {
  return centres.flatMap((x) => [-1000, -2, -1, 0, 1, 2, 1000].map((n) => neighbour(x, n)));
}
