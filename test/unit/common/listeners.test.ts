import { expect, onTestFinished, test, vi } from 'vitest';
import { createListeners } from '../../../main/common/listeners.ts';

test('every listener hears, in the order in which they came', () => {
  const listeners = createListeners<[what: string, times: number]>();
  const heard: unknown[] = [];
  listeners.add((...payload) => heard.push('first', ...payload));
  listeners.add((...payload) => heard.push('second', ...payload));
  listeners.notify('it', 2);
  expect(heard).toEqual(['first', 'it', 2, 'second', 'it', 2]);
});

test('a listener that throws keeps nothing from the others, and is reported as uncaught', () => {
  const later: (() => void)[] = [];
  vi.stubGlobal('queueMicrotask', (run: () => void) => later.push(run));
  onTestFinished(() => void vi.unstubAllGlobals());
  const listeners = createListeners();
  const heard = vi.fn<() => void>();
  listeners.add(() => {
    throw new Error('thrown by a listener');
  });
  listeners.add(heard);
  expect(() => listeners.notify()).not.toThrow();
  expect(heard).toHaveBeenCalledOnce();
  expect(later).toHaveLength(1);
  expect(() => later[0]?.()).toThrow('thrown by a listener');
});
