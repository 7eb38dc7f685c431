import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { coalesced } from '../../../main/shell/coalesced.ts';

function counted() {
  let shown = 0;
  const show = coalesced(() => {
    shown += 1;
  });
  return { show, shown: () => shown };
}

test('nothing is shown before the turn of the loop is over', () => {
  const { show, shown } = counted();
  show();
  expect(shown()).toBe(0);
});

test('all calls of one turn are shown once', async () => {
  const { show, shown } = counted();
  show();
  show();
  await Promise.resolve();
  show();
  await nextTurn();
  expect(shown()).toBe(1);
});

test('a call of a later turn is shown again', async () => {
  const { show, shown } = counted();
  show();
  await nextTurn();
  show();
  await nextTurn();
  expect(shown()).toBe(2);
});

test('a call that showing itself makes is shown next', async () => {
  let shown = 0;
  const show = coalesced(() => {
    shown += 1;
    if (shown === 1) show();
  });
  show();
  await nextTurn();
  await nextTurn();
  expect(shown).toBe(2);
});
