import type { Answer } from '../../main/chat/answer.ts';
import type { CallEnd } from '../../main/chat/call-end.ts';
import type { Chat } from '../../main/chat/chat.ts';
import type { CreateRequest, LogoffRequest } from '../../main/chat/agent-api.ts';
import type { SiteLogin } from '../../main/chat/site-api.ts';
import type { Clock } from '../../main/common/clock.ts';

type Meaning<T> = T extends unknown ? Omit<T, 'times' | 'reply' | 'proxy'> : never;
export type End = Meaning<CallEnd>;

const words = {
  serviceStartTime: null,
  serviceFinishTime: null,
  clientId: null,
  sequenceNumber: null,
};
const SUCCESS: End = { kind: 'success', status: 200, words };

/** An error status with the server's code and words. */
export function exception(status: number, code: string | null = null, message = 'No.'): End {
  return { kind: 'exception', status, code, message };
}

/** How the server, or the network, plays one call. */
export interface Play {
  /** Whether the call is acted on, as a server that works would act on it. */
  readonly acts: boolean;
  /** What comes back: what a server that works answers, nothing at all, or this. */
  readonly says: 'properly' | 'never' | End;
  readonly afterMs: number;
}

export const PROPERLY: Play = { acts: true, says: 'properly', afterMs: 20 };
/** The call was acted on, but nobody hears of it. */
export const LOST: Play = {
  acts: true,
  says: { kind: 'no-reply', fault: 'connection-broken', message: 'The connection broke off.' },
  afterMs: 20,
};
export const REFUSED_CONNECTION: Play = {
  acts: false,
  says: { kind: 'no-reply', fault: 'connection-refused', message: 'Nothing listens there.' },
  afterMs: 5,
};
/** Nothing is done, and this is answered. */
export const answering = (says: End): Play => ({ acts: false, says, afterMs: 20 });

export type Step = 'serviceSettings' | 'agentToken' | 'createAgentSession' | 'logoff';

/** A site and chat server in memory with one agent, who has one session at most. */
export interface SignInServer {
  readonly chat: Pick<Chat, Step>;
  /** Plays the calls of one step like this from now on, one after the other, and then properly. */
  play(step: Step, ...plays: readonly Play[]): void;
  readonly calls: readonly Step[];
  readonly logins: readonly SiteLogin[];
  readonly creates: readonly CreateRequest[];
  readonly logoffs: readonly LogoffRequest[];
  /** The agent's open session, if any. */
  open(): string | null;
  /** Sessions that this server created by sign-ins, over or not. */
  readonly created: readonly string[];
  /** A session of the agent that some other console opened. */
  openElsewhere(sessionId: string): void;
  /** Ends a session, as its logoff does. */
  end(sessionId: string): void;
  /** What the site says of the chat server. */
  settings(settings: typeof SETTINGS): void;
  /** What a logon without override is answered while there is a session. */
  conflict(end: End): void;
}

export const SETTINGS = {
  server: 'https://chat.example.com',
  fqSiteName: 'day001_221100_sql_001h',
  pool: '297:1',
};

export function createSignInServer(clock: Clock): SignInServer {
  const plays = new Map<Step, Play[]>();
  const calls: Step[] = [];
  const logins: SiteLogin[] = [];
  const creates: CreateRequest[] = [];
  const logoffs: LogoffRequest[] = [];
  const created: string[] = [];
  let open: string | null = null;
  let settings = SETTINGS;
  let tokens = 0;
  let conflict: End = exception(409, 'CONFLICT', 'The agent has a session already.');

  const call = async <T>(
    step: Step,
    signal: AbortSignal,
    act: () => Answering<T>,
  ): Promise<Answer<T>> => {
    calls.push(step);
    const { acts, says, afterMs } = plays.get(step)?.shift() ?? PROPERLY;
    const acted = acts ? act() : null;
    const started = clock.now();
    const come = await Promise.race([
      aborted(signal),
      ...(says === 'never'
        ? []
        : [new Promise<'come'>((resolve) => void clock.after(afterMs, () => resolve('come')))]),
    ]);
    const times = timesOf(started, clock.now());
    if (come === 'aborted') {
      return { ok: false, end: { kind: 'timed-out', message: 'No answer in time.', ...times } };
    }
    if (says === 'properly' && acted !== null && acted.ok) {
      return { ok: true, value: acted.value };
    }
    const end = says === 'properly' && acted !== null && !acted.ok ? acted.end : says;
    if (typeof end === 'string') throw new Error('this play has nothing to say');
    return { ok: false, end: { ...end, ...times } };
  };

  return {
    chat: {
      serviceSettings(login, signal) {
        logins.push(login);
        return call('serviceSettings', signal, () => ({ ok: true, value: settings }));
      },
      agentToken(login, signal) {
        logins.push(login);
        tokens += 1;
        const value = `token-${tokens}`;
        return call('agentToken', signal, () => ({ ok: true, value }));
      },
      async createAgentSession(request, signal, take) {
        creates.push(request);
        const answer = await call('createAgentSession', signal, () => {
          if (open !== null && !request.logonOverride) return { ok: false, end: conflict };
          open = `session-${created.length + 1}-secret`;
          created.push(open);
          return { ok: true, value: open };
        });
        return take(answer);
      },
      async logoff(request, signal) {
        logoffs.push(request);
        const started = clock.now();
        const answer = await call('logoff', signal, () => {
          if (open !== request.sessionId) return { ok: false, end: exception(403) };
          open = null;
          return { ok: true, value: null };
        });
        return answer.ok ? { ...SUCCESS, ...timesOf(started, clock.now()) } : answer.end;
      },
    },
    play: (step, ...next) => void plays.set(step, [...next]),
    calls,
    logins,
    creates,
    logoffs,
    open: () => open,
    created,
    openElsewhere(sessionId) {
      open = sessionId;
    },
    end(sessionId) {
      if (open === sessionId) open = null;
    },
    settings(next) {
      settings = next;
    },
    conflict(end) {
      conflict = end;
    },
  };
}

type Answering<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly end: End };

async function aborted(signal: AbortSignal): Promise<'aborted'> {
  if (signal.aborted) return 'aborted';
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
}

function timesOf(started: number, finished: number): Pick<CallEnd, 'times' | 'reply' | 'proxy'> {
  const total = finished - started;
  const none = { wait: null, dns: null, tcp: null, tls: null, request: null };
  return {
    times: {
      started,
      sent: started,
      received: finished,
      finished,
      phases: { ...none, firstByte: total, download: 0, total },
    },
    reply: null,
    proxy: null,
  };
}
