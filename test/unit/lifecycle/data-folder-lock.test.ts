import { expect, test } from 'vitest';
import { takeDataFolderLock } from '../../../main/lifecycle/data-folder-lock.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

/** A folder that is free, and whose holder takes commands, from so many milliseconds on. */
function start({ freeAfter = Infinity, commandsAfter = Infinity }) {
  const clock = createFakeClock();
  const begun = clock.monotonic();
  const asked: number[] = [];
  const since = (): number => clock.monotonic() - begun;
  const result = takeDataFolderLock({
    request() {
      asked.push(since());
      return since() >= freeAfter;
    },
    takesCommands: async () => since() >= commandsAfter,
    clock,
  });
  return { asked, result: clock.until(result, 100_000), since };
}

test('a folder that is free is taken at once', async () => {
  const { asked, result } = start({ freeAfter: 0 });
  expect([await result, asked]).toEqual(['taken', [0]]);
});

test('an app that runs is told once', async () => {
  const { asked, result } = start({ commandsAfter: 0 });
  expect([await result, asked]).toEqual(['running', [0]]);
});

test('a command, or an app that is going, is waited for', async () => {
  const { result, since } = start({ freeAfter: 30_000 });
  expect(await result).toBe('taken');
  expect(since()).toBeLessThan(30_500);
});

test('an app that is just starting is waited for until it takes commands', async () => {
  const { result } = start({ commandsAfter: 600 });
  expect(await result).toBe('running');
});

test('somebody who keeps it for too long is not waited for longer', async () => {
  const { result } = start({});
  expect(await result).toBe('busy');
});
