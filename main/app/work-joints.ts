import type { Presence } from '../presence/presence.ts';
import { ALL_RESULTS } from '../results/filter.ts';
import { isOver, type Receipt } from '../results/receipt.ts';
import type { Ground } from './ground.ts';
import type { Work } from './work.ts';

/** Joins the sessions' side within itself. Like what it joins, it knows nothing of Electron. */
export function joinWork(ground: Ground, work: Work): void {
  const { vault, settings } = ground;
  const { coordinator, retries, attendance, leftoverQuestion, presence, activity, calledOff } =
    work;

  work.hold.onHeld(({ id }) => {
    // There is nothing left to ask about it, or to end, although it was found at the start or given up.
    leftoverQuestion.retain((asked) => asked !== id);
    retries.forget(id);
    coordinator.forgetFailure(id);
    attendance.arrived([id]);
  });
  work.hold.onReplaced(({ id }) => coordinator.replaced(id));
  work.elsewhere.machines.onUnseen(({ host, held }) => {
    for (const session of held ?? []) work.elsewhere.coordinator.unseen(session, host);
  });
  vault.onChange(() => leftoverQuestion.retain((id) => vault.find(id) !== undefined));

  coordinator.onReceipt(({ heldId, outcome }) => {
    if (outcome === 'unconfirmed') attendance.wantsToLeave([heldId]);
  });

  work.leaving.onChange(() => attendance.setLeaving(work.leaving.isUnderWay()));
  work.leaving.onMayGo(() => attendance.setLeaving(true));
  work.leaving.onCalledOff(calledOff.add);
  work.hold.onHeld((held, source) => {
    // A sign-in may still come to nothing.
    if (source !== 'sign-in') calledOff.isBack(held);
  });
  work.signIn.onEnd((end) => {
    const held = end.ok ? vault.find(end.id) : undefined;
    if (held !== undefined) calledOff.isBack(held);
  });
  attendance.onChange(presence.update);
  retries.onChange(presence.update);
  presence.onChange((heldId, is) => {
    if (is?.state === 'present') activity.retryNow(heldId);
  });
  presence.onChatOffered((heldId) => {
    if (settings.values().onChatOffered === 'tell') return;
    void activity.set(heldId, { value: 'unavailable', reason: null });
  });
  presence.onChange(() => work.networkWatch.watch(presence.isPolling()));

  settings.onChange(work.away.changed);
  settings.onChange(work.browser.changed);
  settings.onChange(work.remembered.changed);

  logWork(ground, work);
}

/** How many of the newest receipts are looked at. */
const RECEIPTS_READ = 200;

/**
 * What was ended from here before this start stands in the other machine's vault until its app runs again:
 * the receipts say that it is over.
 */
export async function passOverEnded(
  { receipts }: Pick<Ground, 'receipts'>,
  { elsewhere: { machines } }: Pick<Work, 'elsewhere'>,
): Promise<void> {
  if (machines.held().length === 0) return;
  const newest = await receipts.page({ after: null, limit: RECEIPTS_READ, filter: ALL_RESULTS });
  for (const { heldId, outcome } of newest.receipts) {
    if (isOver(outcome) && machines.find(heldId) !== undefined) machines.release(heldId);
  }
}

function logWork({ vault, log }: Ground, work: Work): void {
  work.signIn.onEnd((end) => {
    if (end.ok) log('signed-in', { server: vault.find(end.id)?.server ?? null });
    else if (end.why === 'failed') log('not-signed-in', { step: end.step, code: end.code });
    else if (end.why === 'conflict') log('not-signed-in', { step: 'session', code: 'CONFLICT' });
  });
  work.presence.onChange((heldId, is, was) => {
    const held = vault.find(heldId);
    const event = is === null ? null : presenceEvent(is.state, was?.state ?? null);
    if (held !== undefined && event !== null) log(event, { server: held.server });
  });
  work.presence.onRefused((heldId, { field, problem }) => {
    const from = vault.find(heldId)?.server ?? null;
    log('value-refused', { from, field, problem });
  });
  work.presence.onChatOffered((heldId) =>
    log('chat-offered', { server: vault.find(heldId)?.server ?? null }),
  );
  work.elsewhere.machines.onUnseen(({ host, held }) =>
    log('machine-unseen', { host, held: held?.length ?? null }),
  );
  work.coordinator.onReceipt((receipt) => {
    const { kind, cause, outcome, forced, attempts, address, startedAt, finishedAt } = receipt;
    log(eventOf(receipt), {
      kind,
      cause,
      outcome,
      forced,
      attempts,
      server: address.server,
      tookMs: Date.parse(finishedAt) - Date.parse(startedAt),
    });
  });
}

function eventOf({ outcome, letGo }: Receipt): 'signed-off' | 'let-go' | 'not-signed-off' {
  if (letGo) return 'let-go';
  return isOver(outcome) ? 'signed-off' : 'not-signed-off';
}

function presenceEvent(
  is: Presence['state'],
  was: Presence['state'] | null,
): 'presence-lost' | 'presence-dropped' | 'presence-back' | null {
  if (is === was) return null;
  if (is === 'present') return was === null ? null : 'presence-back';
  return is === 'dropped' ? 'presence-dropped' : 'presence-lost';
}
