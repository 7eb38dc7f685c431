/**
 * The processor time in milliseconds that the longest turn of this thread's event loop takes while `work` goes
 * on. Whatever else runs on the machine, that stays the same.
 */
export async function longestTurnDuring(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = process.threadCpuUsage();
  const turn = (): void => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, user + system);
    last = process.threadCpuUsage();
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  await work();
  clearImmediate(next);
  return longest / 1_000;
}
