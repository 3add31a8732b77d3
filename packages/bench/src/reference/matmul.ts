/**
 * C = A·B for row-major A [m, k], B [k, n], C [m, n].
 *
 * Four rows of B are combined per sweep over a row of C: one load and one store of C serve four products.
 */
export function multiply(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  m: number,
  k: number,
  n: number,
): void {
  c.fill(0);
  const blocked = k - (k % 4);
  for (let i = 0; i < m; i++) {
    const row = i * n;
    for (let p = 0; p < blocked; p += 4) {
      const a0 = a[i * k + p]!;
      const a1 = a[i * k + p + 1]!;
      const a2 = a[i * k + p + 2]!;
      const a3 = a[i * k + p + 3]!;
      const b0 = p * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j++) {
        c[row + j]! += a0 * b[b0 + j]! + a1 * b[b1 + j]! + a2 * b[b2 + j]! + a3 * b[b3 + j]!;
      }
    }
    for (let p = blocked; p < k; p++) {
      const factor = a[i * k + p]!;
      for (let j = 0; j < n; j++) c[row + j]! += factor * b[p * n + j]!;
    }
  }
}

/** C = Aᵀ·B for row-major A [k, m], B [k, n], C [m, n]: a sum of outer products, four at a time. */
export function multiplyTransposedA(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  m: number,
  k: number,
  n: number,
): void {
  c.fill(0);
  const blocked = k - (k % 4);
  for (let p = 0; p < blocked; p += 4) {
    const b0 = p * n;
    const b1 = b0 + n;
    const b2 = b1 + n;
    const b3 = b2 + n;
    for (let i = 0; i < m; i++) {
      const a0 = a[p * m + i]!;
      const a1 = a[(p + 1) * m + i]!;
      const a2 = a[(p + 2) * m + i]!;
      const a3 = a[(p + 3) * m + i]!;
      const row = i * n;
      for (let j = 0; j < n; j++) {
        c[row + j]! += a0 * b[b0 + j]! + a1 * b[b1 + j]! + a2 * b[b2 + j]! + a3 * b[b3 + j]!;
      }
    }
  }
  for (let p = blocked; p < k; p++) {
    for (let i = 0; i < m; i++) {
      const factor = a[p * m + i]!;
      for (let j = 0; j < n; j++) c[i * n + j]! += factor * b[p * n + j]!;
    }
  }
}

/** C = A·Bᵀ for row-major A [m, k], B [n, k], C [m, n]: inner products of rows, four at a time. */
export function multiplyTransposedB(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  m: number,
  k: number,
  n: number,
): void {
  const blocked = n - (n % 4);
  for (let i = 0; i < m; i++) {
    const row = i * k;
    for (let j = 0; j < blocked; j += 4) {
      const b0 = j * k;
      const b1 = b0 + k;
      const b2 = b1 + k;
      const b3 = b2 + k;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let p = 0; p < k; p++) {
        const factor = a[row + p]!;
        s0 += factor * b[b0 + p]!;
        s1 += factor * b[b1 + p]!;
        s2 += factor * b[b2 + p]!;
        s3 += factor * b[b3 + p]!;
      }
      c[i * n + j] = s0;
      c[i * n + j + 1] = s1;
      c[i * n + j + 2] = s2;
      c[i * n + j + 3] = s3;
    }
    for (let j = blocked; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[row + p]! * b[j * k + p]!;
      c[i * n + j] = sum;
    }
  }
}
