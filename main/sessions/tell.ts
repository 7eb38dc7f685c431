/**
 * Tells every listener. One that throws keeps neither the others from hearing nor whoever tells from
 * going on: what it threw is then nobody's, as an error in a timer is.
 */
export function tell<Said extends readonly unknown[]>(
  listeners: readonly ((...said: Said) => void)[],
  ...said: Said
): void {
  for (const listener of listeners) {
    try {
      listener(...said);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
