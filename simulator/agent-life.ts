import type { AccountStore, NewAccount } from './accounts.ts';
import type { AttendanceOptions } from './attendance.ts';
import { ChatRouter, type RoutedChat } from './chat-router.ts';
import type { AgentEntry, PracticeAgent, SessionStore } from './sessions.ts';
import type { SignInOptions } from './sign-in.ts';

/** How the practice server plays the life of an agent's session. */
export type AgentLifeOptions = Omit<AttendanceOptions, 'onChange' | 'onAbsent'> &
  Omit<SignInOptions, 'url'> & {
    /** How long a token is good for, in milliseconds. */
    tokenLifeMs: number;
  };

/** The times are the documented ones, but for the token's, which is not published. */
export const AGENT_LIFE_DEFAULTS: AgentLifeOptions = {
  pollHoldMs: 30_000,
  absentAfterMs: 240_000,
  secondPoll: 'ends-first',
  ghostGraceMs: 1000,
  serviceSettings: {},
  logonConflict: 'conflict',
  initialStatus: 'NONE',
  tokenLifeMs: 300_000,
};

/** What can be made to happen to the agents on the practice server. */
export interface AgentLife {
  /** The agent sessions in the order they were added or created. */
  readonly agents: readonly PracticeAgent[];
  /** In the order they were routed. */
  readonly chats: readonly RoutedChat[];
  /** Adds an account to sign in with. Throws when the user name is taken or a field is not fit. */
  addAccount(account: NewAccount): void;
  /** Makes all tokens that were made out worthless. */
  expireTokens(): void;
  /**
   * Moves a site, or all, to another pool, and announces it to whoever polls there. A session's old
   * pool goes on working until its announcement has been handed over.
   */
  changePool(pool: string, fqSiteName?: string): void;
  /**
   * From now on that agent session is present only as long as it is polled: for a session that was
   * put there, as if the console that polled it were gone. Throws when there is none that is open.
   */
  expectPolling(sessionId: string): void;
  /** Ends that session, as the server may at any time. Throws when there is none that is open. */
  endSession(sessionId: string): void;
  /** Routes a practice chat to the next agent who is present and available; null when there is none. */
  routeChat(options?: { staysOpen?: boolean }): RoutedChat | null;
  /** Ends a chat that stays open. Throws when there is no such chat. */
  endChat(engagementId: number): void;
}

/** Joins accounts, sessions and routing; `onChange` is told when something can be seen that could not before. */
export function agentLife(
  accounts: AccountStore,
  sessions: SessionStore,
  onChange: () => void,
): AgentLife {
  const router = new ChatRouter(sessions, onChange);
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
