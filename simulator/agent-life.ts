import type { AccountStore, NewAccount } from './accounts.ts';
import type { AttendanceOptions } from './attendance.ts';
import { ChatRouter, type RoutedChat } from './chat-router.ts';
import type { Clock } from './clock.ts';
import type { AgentEntry, PracticeAgent, SessionStore } from './sessions.ts';
import type { SignInOptions } from './sign-in.ts';

/** How the practice server simulates agents' sessions. */
export type AgentLifeOptions = Omit<AttendanceOptions, 'clock' | 'onChange' | 'onAbsent'> &
  Omit<SignInOptions, 'url'> & {
    /** A token's lifetime in milliseconds. */
    tokenLifeMs: number;
  };

/** The documented times; the token's lifetime is not published. */
export const AGENT_LIFE_DEFAULTS: AgentLifeOptions = {
  pollHoldMs: 30_000,
  absentAfterMs: 240_000,
  secondPoll: 'ends-first',
  ghostGraceMs: 1000,
  serviceSettings: {},
  logonConflict: 'existing-session',
  initialStatus: 'NONE',
  tokenLifeMs: 300_000,
};

/** Controls the agents on the practice server. */
export interface AgentLife {
  /** The agent sessions in order of creation. */
  readonly agents: readonly PracticeAgent[];
  /** In routing order. */
  readonly chats: readonly RoutedChat[];
  /** Adds an account to sign in with. Throws if the user name is taken or a field is not valid. */
  addAccount(account: NewAccount): void;
  /** Revokes all tokens. */
  expireTokens(): void;
  /** Moves a site, or all, to another pool. A session's old pool works until it has got the announcement. */
  changePool(pool: string, fqSiteName?: string): void;
  /**
   * From now on that agent session has to poll, as if the console that polled an added session had gone.
   * Throws if there is no such open session.
   */
  expectPolling(sessionId: string): void;
  /** Ends that session, as the server may at any time. Throws if there is no such open session. */
  endSession(sessionId: string): void;
  /** Routes a practice chat to the next present and available agent; null if there is none. */
  routeChat(options?: { staysOpen?: boolean }): RoutedChat | null;
  /** Ends a chat that stays open. Throws if there is no such chat. */
  endChat(engagementId: number): void;
}

/** Joins accounts, sessions and routing; `onChange` is called when the visible state has changed. */
export function createAgentLife(
  accounts: AccountStore,
  sessions: SessionStore,
  clock: Clock,
  onChange: () => void,
): AgentLife {
  const router = new ChatRouter(sessions, clock, onChange);
  const openAgent = (sessionId: string): AgentEntry => {
    const entry = sessions.openAgents().find(({ session }) => session.sessionId === sessionId);
    if (entry === undefined) throw notOpen('agent session', sessionId);
    return entry;
  };
  return {
    agents: sessions.agents,
    chats: router.chats,
    addAccount: (account) => accounts.add(account),
    expireTokens: () => accounts.expireTokens(),
    changePool: (pool, fqSiteName) => {
      accounts.movePool(pool, fqSiteName);
      for (const { attendance } of sessions.openAgents(fqSiteName)) attendance.announcePool(pool);
    },
    expectPolling: (sessionId) => openAgent(sessionId).attendance.expectPolling(),
    endSession: (sessionId) => {
      const entry = sessions.open(sessionId);
      if (entry === undefined) throw notOpen('session', sessionId);
      entry.end('server');
    },
    routeChat: ({ staysOpen = false } = {}) => router.route(staysOpen),
    endChat: (engagementId) => router.end(engagementId),
  };
}

function notOpen(what: string, sessionId: string): Error {
  return new Error(`there is no ${what} ${sessionId.slice(0, 4)}… that is open`);
}
