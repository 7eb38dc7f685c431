import { expect, test } from 'vitest';
import { createLeaving, type LeaveRequest } from '../../../main/lifecycle/leaving.ts';
import { showWhileLeaving } from '../../../main/shell/window/show-while-leaving.ts';
import { answer, type Answer } from '../../support/scripted-server.ts';
import { agentSession } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

const QUIT: LeaveRequest = { cause: 'quit', mayAsk: true };
const SIGNAL: LeaveRequest = { cause: 'signal', mayAsk: false };

/** An app with one session held, at a server that answers so; `shownAt` counts from the leaving. */
function app(reply: Answer) {
  const world = createSignOffWorld();
  const { hold, server, clock } = world;
  hold(agentSession());
  server.answerWith(() => reply);
  const leaving = createLeaving(world);
  const shownAt: number[] = [];
  showWhileLeaving(leaving, () => shownAt.push(clock.monotonic()), clock);
  return { leaving, clock, shownAt };
}

test('what is over within 300 ms shows no window', async () => {
  const { leaving, clock, shownAt } = app(answer('ended', 299));
  await clock.until(leaving.leave(QUIT), 300);
  await clock.advance(60_000);
  expect(shownAt).toEqual([]);
});

test('what takes longer shows the window after 300 ms, once', async () => {
  const { leaving, clock, shownAt } = app(answer('ended', 2_000));
  await clock.until(leaving.leave(QUIT), 2_000);
  await clock.advance(60_000);
  expect(shownAt).toEqual([300]);
});

test('a signal shows no window: nobody is there to look at it', async () => {
  const { leaving, clock, shownAt } = app('never');
  await clock.until(leaving.leave(SIGNAL), 4_000);
  expect(shownAt).toEqual([]);
});

test('a question shows the window at once', async () => {
  const { leaving, clock, shownAt } = app(answer('refused', 100));
  void leaving.leave(QUIT);
  await clock.advance(100);
  expect(shownAt).toEqual([100]);
});

test('a question shows the window again, should it have been closed meanwhile', async () => {
  const { leaving, clock, shownAt } = app('never');
  void leaving.leave(QUIT);
  await clock.advance(5_000);
  expect(shownAt).toEqual([300, 5_000]);
});

test('trying again shows no window: it was answered in one', async () => {
  const { leaving, clock, shownAt } = app('never');
  void leaving.leave(QUIT);
  await clock.advance(5_000);
  leaving.answer('try-again');
  await clock.advance(4_999);
  expect(shownAt).toEqual([300, 5_000]);
});
