import { reportUncaught } from './survive.ts';

/** The listeners for one kind of event. */
export interface Listeners<Payload extends readonly unknown[]> {
  add(listener: (...payload: Payload) => void): void;
  /** Calls every listener in order. Never throws: a listener's error is reported as an uncaught one. */
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
          reportUncaught(error);
        }
      }
    },
  };
}
