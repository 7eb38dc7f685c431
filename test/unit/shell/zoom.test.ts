import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, test } from 'vitest';
import { savedZoom, enableZoom } from '../../../main/shell/window/zoom.ts';

/** A page whose size is only remembered, and which is told of keys and the wheel. */
function newWindow(options: { kept?: number; platform?: NodeJS.Platform } = {}) {
  const { kept = 1, platform = 'linux' } = options;
  const memory = {
    zoom: kept,
    get: () => memory.zoom,
    set: (_key: 'zoom', value: number) => void (memory.zoom = value),
  };
  const contents = Object.assign(new EventEmitter(), {
    factor: savedZoom(memory),
    setZoomFactor(factor: number) {
      contents.factor = factor;
    },
  });
  enableZoom(contents as unknown as WebContents, memory, platform);
  const press = (key: string, differences: object = { control: true }): boolean => {
    let prevented = false;
    const input = { type: 'keyDown', key, code: '', control: false, meta: false, alt: false };
    const event = { preventDefault: () => (prevented = true) };
    contents.emit('before-input-event', event, { ...input, ...differences });
    return prevented;
  };
  return { contents, memory, press };
}

test.each([
  ['+', 1.1],
  ['=', 1.1],
  ['-', 0.9],
  ['_', 0.9],
])('%s zooms to %d', (key, factor) => {
  const { contents, press } = newWindow();
  expect(press(key)).toBe(true);
  expect(contents.factor).toBe(factor);
});

test.each([
  ['0', { control: true }],
  ['à', { control: true, code: 'Digit0' }],
])('%s shows all at normal size', (key, pressed) => {
  const { contents, press } = newWindow({ kept: 2 });
  press(key, pressed);
  expect(contents.factor).toBe(1);
});

test.each([
  ['+', 3],
  ['-', 0.5],
])('%s goes no further than %d', (key, end) => {
  const { contents, press } = newWindow();
  for (let times = 0; times < 20; times += 1) press(key);
  expect(contents.factor).toBe(end);
});

test('the wheel zooms too', () => {
  const { contents } = newWindow();
  contents.emit('zoom-changed', {}, 'in');
  expect(contents.factor).toBe(1.1);
});

test('what was chosen is kept for the next window', () => {
  const { memory, press } = newWindow();
  press('+');
  press('+');
  expect(newWindow({ kept: memory.zoom }).contents.factor).toBe(1.25);
});

test.each([0, -1, 40, Number.NaN])('a size that nobody can have chosen is not kept: %d', (kept) => {
  expect(newWindow({ kept }).contents.factor).toBe(1);
});

test.each([
  ['without Ctrl', 'linux', '+', {}],
  ['with Alt, which is how some type', 'linux', '+', { control: true, alt: true }],
  ['another key', 'linux', 'n', { control: true }],
  ['let go', 'linux', '+', { control: true, type: 'keyUp' }],
  ['with Ctrl on a Mac', 'darwin', '+', { control: true }],
] as const)('means nothing: %s', (_, platform, key, pressed) => {
  const { contents, press } = newWindow({ platform });
  expect(press(key, pressed)).toBe(false);
  expect(contents.factor).toBe(1);
});

test('is ⌘ on a Mac', () => {
  const { contents, press } = newWindow({ platform: 'darwin' });
  press('+', { meta: true });
  expect(contents.factor).toBe(1.1);
});
