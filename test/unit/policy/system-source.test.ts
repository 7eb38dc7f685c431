import { expect, onTestFinished, test, vi } from 'vitest';
import { createSystemSource } from '../../../main/settings/policy/system-source.ts';

const NONE = { ok: true, content: {} };
const HALF_HOUR_MS = 30 * 60_000;

/** This machine's source as on another system, with what failed to be watched. */
function sourceOn(platform: NodeJS.Platform) {
  const real = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
  onTestFinished(() => void Object.defineProperty(process, 'platform', real));
  Object.defineProperty(process, 'platform', { ...real, value: platform });
  const faults: unknown[] = [];
  return { ...createSystemSource((error) => faults.push(error)), faults };
}

test('a system without a place for policies has none, and nothing to watch', async () => {
  const { read, watch } = sourceOn('freebsd');
  expect(await read()).toEqual({ machine: NONE, user: NONE });
  expect(watch(() => undefined)()).toBeUndefined();
});

test.skipIf(process.platform === 'win32')(
  'the programs of Windows are asked on Windows, and where they are missing that is told',
  async () => {
    const could = String.raw`\Software\Policies\Signoff could not be read`;
    expect(await sourceOn('win32').read()).toEqual({
      machine: { ok: false, problem: `HKLM${could}` },
      user: { ok: false, problem: `HKCU${could}` },
    });
  },
);

test('the registry is read again every half hour, until nobody listens', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let changes = 0;
  const end = sourceOn('win32').watch(() => (changes += 1));
  vi.advanceTimersByTime(2 * HALF_HOUR_MS);
  end();
  vi.advanceTimersByTime(2 * HALF_HOUR_MS);
  expect(changes).toBe(2);
});

test('on Linux there is a policy for the machine alone', async () => {
  expect((await sourceOn('linux').read()).user).toEqual(NONE);
});

test.skipIf(process.platform === 'darwin')(
  'the managed preferences are looked for on a Mac',
  async () => {
    expect(await sourceOn('darwin').read()).toEqual({ machine: NONE, user: NONE });
  },
);
