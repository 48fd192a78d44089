/** Whole numbers from 0 to below `below`, the same at every run of a seed (xorshift32). */
export const seeded = (seed: number) => {
  let x = seed
  return (below: number): number => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % below
  }
}
