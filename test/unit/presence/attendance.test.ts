import { describe, expect, test } from 'vitest';
import { createAttendance } from '../../../main/presence/attendance.ts';
import { agentSession } from '../../support/sessions.ts';
import { createSignOffWorld } from '../../support/sign-off-world.ts';

/** Two held sessions, and whether somebody is at work in each. */
function createWorld() {
  const { vault } = createSignOffWorld();
  const [ann, ben] = ['ann', 'ben'].map((name) => vault.hold(agentSession(name), true).id);
  const retried = new Set<string>();
  const attendance = createAttendance({ vault, isRetried: (id) => retried.has(id) });
  let changes = 0;
  attendance.onChange(() => (changes += 1));
  return {
    vault,
    attendance,
    retried,
    ann: ann ?? '',
    ben: ben ?? '',
    atWork: () => [ann, ben].map((id) => attendance.isAtWork(id ?? '')),
    changes: () => changes,
  };
}

describe('somebody is at work', () => {
  test('in what is held, as long as nobody says otherwise', () => {
    expect(createWorld().atWork()).toEqual([true, true]);
  });

  test('not in what they left, until it comes in again', () => {
    const { attendance, atWork, ann, changes } = createWorld();
    attendance.left([ann]);
    expect([atWork(), changes()]).toEqual([[false, true], 1]);
    attendance.cameBack();
    expect(atWork()).toEqual([false, true]);
    attendance.arrived([ann]);
    expect([atWork(), changes()]).toEqual([[true, true], 3]);
  });

  test('not in what they were signed off from for being away, until they are back', () => {
    const { attendance, atWork, ann, ben } = createWorld();
    attendance.wentAway([ann, ben]);
    expect(atWork()).toEqual([false, false]);
    attendance.cameBack();
    expect(atWork()).toEqual([true, true]);
  });

  test('not in what they asked to be signed off from and nobody confirmed, unless that is given up', () => {
    const { attendance, atWork, retried, ann } = createWorld();
    retried.add(ann);
    attendance.wantsToLeave([ann]);
    expect(atWork()).toEqual([false, true]);
    retried.delete(ann);
    expect(atWork()).toEqual([true, true]);
  });

  test('not in what they left, although nobody confirmed its end', () => {
    const { attendance, atWork, ann } = createWorld();
    attendance.left([ann]);
    attendance.wantsToLeave([ann]);
    expect(atWork()).toEqual([false, true]);
  });

  test('not in what is tried to be ended again, although they are back', () => {
    const { attendance, atWork, retried, ann, ben } = createWorld();
    attendance.wentAway([ann, ben]);
    retried.add(ben);
    attendance.cameBack();
    expect(atWork()).toEqual([true, false]);
    retried.clear();
    expect(atWork()).toEqual([true, true]);
  });

  test('in nothing while the app is leaving, and in the same as before where it stays', () => {
    const { attendance, atWork, ann, changes } = createWorld();
    attendance.left([ann]);
    attendance.setLeaving(true);
    expect([atWork(), attendance.isLeaving()]).toEqual([[false, false], true]);
    attendance.setLeaving(true);
    attendance.setLeaving(false);
    expect([atWork(), attendance.isLeaving(), changes()]).toEqual([[false, true], false, 3]);
  });

  test('in a session that is held anew after it was over', () => {
    const { attendance, vault, ann } = createWorld();
    attendance.left([ann]);
    vault.release(ann);
    const again = vault.hold(agentSession('ann'), true);
    expect(attendance.isAtWork(again.id)).toBe(true);
  });
});
