/** Monotonic milliseconds on the practice server's clock, which is this process's own. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
