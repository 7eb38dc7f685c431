/** What `run` returns. What it throws is reported as an uncaught error, and `otherwise` counts. */
export function survive<T>(run: () => T, otherwise: T): T {
  try {
    return run();
  } catch (error) {
    reportUncaught(error);
    return otherwise;
  }
}

/** What `run` resolves to. Where it rejects or throws, that is reported as an uncaught error, and `otherwise` counts. */
export async function survived<T>(run: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await run();
  } catch (error) {
    reportUncaught(error);
    return otherwise;
  }
}

/** Has whoever hears of uncaught errors hear of this one, after all that is going on now. */
export function reportUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
