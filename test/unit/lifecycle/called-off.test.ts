import { expect, test } from 'vitest';
import { type CalledOff, createCalledOff } from '../../../main/lifecycle/called-off.ts';
import type { HeldSession, Session } from '../../../main/sessions/session.ts';
import { agentSession, engagement } from '../../support/sessions.ts';

const ended = (session: Session, id = session.label): HeldSession => ({
  ...session,
  id,
  heldSince: 0,
  lastSequenceNumber: 0,
  login: null,
  startedHere: true,
});
const ANN = ended(agentSession('Ann'));
const BEN = ended({ ...agentSession('Ben'), accountId: '13' });
const CARL = ended(engagement('Carl'));
/** Ann's next session: the server has given it another id. */
const annAgain = agentSession('Ann again');

/** What was ended, and how often that has changed since. */
function calledOffWith(...sessions: HeldSession[]) {
  const calledOff = createCalledOff();
  calledOff.add(sessions);
  let changes = 0;
  calledOff.onChange(() => (changes += 1));
  return { calledOff, told: () => ({ ids: idsOf(calledOff), changes }) };
}
const idsOf = (calledOff: CalledOff): string[] => calledOff.ended().map(({ id }) => id);

test('nothing was ended at first', () => {
  expect(createCalledOff().ended()).toEqual([]);
});

test('what one shutdown ended and the next stands together', () => {
  const { calledOff, told } = calledOffWith(ANN);
  calledOff.add([BEN]);
  expect(told()).toEqual({ ids: ['Ann', 'Ben'], changes: 1 });
});

test('an agent who is back is told of no more, and the others are', () => {
  const { calledOff, told } = calledOffWith(ANN, BEN, CARL);
  calledOff.isBack(annAgain);
  expect(told()).toEqual({ ids: ['Ben', 'Carl'], changes: 1 });
});

test('once every agent is back, engagements are told of no more either', () => {
  const { calledOff, told } = calledOffWith(ANN, CARL);
  calledOff.isBack(annAgain);
  expect(told()).toEqual({ ids: [], changes: 1 });
});

test.each<[string, Session]>([
  ['account', { ...annAgain, accountId: '14' }],
  ['site', { ...annAgain, fqSiteName: 'day002' }],
  ['server', { ...annAgain, server: 'https://other.example.com' }],
  ['kind', engagement('Ann')],
])('a session of another %s does not bring the agent back', (_, other) => {
  const { calledOff, told } = calledOffWith(ANN);
  calledOff.isBack(other);
  expect(told()).toEqual({ ids: ['Ann'], changes: 0 });
});

test('engagements alone are told of until the next session', () => {
  const { calledOff, told } = calledOffWith(CARL);
  calledOff.isBack(annAgain);
  expect(told()).toEqual({ ids: [], changes: 1 });
});

test('what is dismissed is told of no more, and changes once', () => {
  const { calledOff, told } = calledOffWith(ANN, CARL);
  calledOff.dismiss();
  calledOff.dismiss();
  expect(told()).toEqual({ ids: [], changes: 1 });
});
