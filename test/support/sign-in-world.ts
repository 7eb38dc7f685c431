import { createSignIn, type SignIn, type SignInRules } from '../../main/signin/sign-in.ts';
import type { SignInEnd } from '../../main/signin/sign-in-end.ts';
import type { RememberedLogin } from '../../main/signin/remembered.ts';
import type { VaultFile } from '../../main/sessions/vault-file.ts';
import { createRetries } from '../../main/signoff/retries.ts';
import { createSignInServer, type SignInServer } from './sign-in-server.ts';
import { createSignOffWorld, type SignOffWorld } from './sign-off-world.ts';

export const SITE = 'https://support.example.com';

/** What a person types, if nothing else is said. */
export const TYPED = {
  site: SITE,
  userName: 'ann',
  password: 'pä:ss word',
  accountId: '12',
  available: true,
  takeOver: false,
  remember: false,
};

type Status = Awaited<ReturnType<Parameters<typeof createSignIn>[0]['setActivity']>>;

/** Signing in over the real vault and coordinator, fake time, and a site and chat server in memory. */
export interface SignInWorld extends SignOffWorld {
  readonly signIn: SignIn;
  readonly site: SignInServer;
  /** What was set, for which held session. */
  readonly statuses: readonly { readonly heldId: string; readonly available: boolean }[];
  /** How setting the status ends from now on; null for never. */
  statusEnds(status: Status | null): void;
  readonly kept: readonly RememberedLogin[];
  rememberedPassword(password: string | null): void;
  rules(differences: Partial<SignInRules>): void;
  appLeaves(): void;
  /** Signs in with what is typed, and lets time pass until that has ended. */
  enter(differences?: Partial<typeof TYPED>): Promise<SignInEnd>;
  /** Sessions that a sign-in had created and that are open, but not held. */
  leaks(): readonly string[];
}

export function createSignInWorld(
  options: { file?: VaultFile; random?: () => number } = {},
): SignInWorld {
  const { random = () => 0.5 } = options;
  const world = createSignOffWorld(options);
  const { clock, vault, coordinator } = world;
  const site = createSignInServer(clock);
  const statuses: { heldId: string; available: boolean }[] = [];
  const kept: RememberedLogin[] = [];
  let status: Status | null = { problem: null, unknownSession: false };
  let password: string | null = null;
  let leaving = false;
  let rules: SignInRules = {
    offered: true,
    applicationContext: 'Signoff',
    isAllowed: () => true,
  };

  // What the coordinator sends to end held sessions, this server hears of too.
  world.server.onEnd(() => {
    for (const { request, end } of world.server.exchanges) {
      const session = sessionIds.get(request.heldId);
      if (end.kind === 'success' && session !== undefined) site.end(session);
    }
  });
  const sessionIds = new Map<string, string>();
  vault.onChange(() => {
    for (const { id, sessionId } of vault.held()) sessionIds.set(id, sessionId);
  });

  const retries = createRetries({ coordinator, vault, clock, isOnline: () => true });
  const signIn = createSignIn({
    chat: site.chat,
    hold: (session) => vault.hold(session, true),
    vault,
    endAbandoned: (heldId) => retries.signOff('asked', [heldId]),
    rules: () => rules,
    remembered: {
      defaults: () => ({ site: '', userName: '', accountId: '', hasPassword: password !== null }),
      password: () => password,
      keep: (login) => void kept.push(login),
    },
    setActivity(heldId, available) {
      statuses.push({ heldId, available });
      return status === null ? new Promise(() => undefined) : Promise.resolve(status);
    },
    isLeaving: () => leaving,
    clock,
    random,
  });

  return {
    ...world,
    signIn,
    site,
    statuses,
    statusEnds(next) {
      status = next;
    },
    kept,
    rememberedPassword(next) {
      password = next;
    },
    rules(differences) {
      rules = { ...rules, ...differences };
    },
    appLeaves() {
      leaving = true;
    },
    enter: (differences = {}) => clock.until(signIn.signIn({ ...TYPED, ...differences }), 120_000),
    leaks() {
      const open = site.open();
      if (open === null || !site.created.includes(open)) return [];
      return vault.held().some(({ sessionId }) => sessionId === open) ? [] : [open];
    },
  };
}
