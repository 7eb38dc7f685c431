/** Those who hear of one kind of event. */
export interface Listeners<Payload extends readonly unknown[]> {
  add(listener: (...payload: Payload) => void): void;
  /**
   * Calls every listener, in the order they were added. One that throws keeps neither the others from
   * hearing nor the caller from going on: its error is reported as one that nobody caught.
   */
  notify(...payload: Payload): void;
}

export function createListeners<Payload extends readonly unknown[] = []>(): Listeners<Payload> {
  const listeners: ((...payload: Payload) => void)[] = [];
  return {
    add: (listener) => void listeners.push(listener),
    notify(...payload) {
      for (const listener of listeners) {
        try {
          listener(...payload);
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
