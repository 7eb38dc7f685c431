import * as z from 'zod';
import { accountSchema, type AccountStore } from './accounts.ts';
import type { AgentLife } from './agent-life.ts';
import { faultRuleSchema, type FaultRules } from './faults.ts';
import type { ReceivedRequest } from './received-request.ts';
import { jsonReply, type Reply } from './replies.ts';
import { agentSessionSchema, engagementSchema, type SessionStore } from './sessions.ts';

export interface Controlled {
  sessions: SessionStore;
  faults: FaultRules;
  received: readonly ReceivedRequest[];
  accounts: AccountStore;
  life: AgentLife;
}

const newSessionSchema = z.discriminatedUnion('kind', [agentSessionSchema, engagementSchema], {
  error: (issue) =>
    issue.code === 'invalid_union' ? 'must be one of agent, engagement' : undefined,
});

/** Whether a request target belongs to the control API. */
export function isControlTarget(target: string): boolean {
  return target.startsWith('/practice/');
}

const poolSchema = z.strictObject({
  pool: z.string().min(1, 'must not be empty'),
  site: z.string().exactOptional(),
});
const sessionSchema = z.strictObject({ sessionId: z.string() });
const newChatSchema = z.strictObject({ staysOpen: z.boolean().exactOptional() });
const chatSchema = z.strictObject({ engagementId: z.int() });

const DONE: Reply = { status: 204, headers: {}, body: '' };

/** Handles one request of the control API. Bad input is answered with 400 and every problem. */
export function control(
  method: string,
  target: string,
  body: Buffer | null,
  { sessions, faults, received, accounts, life }: Controlled,
): Reply {
  switch (`${method} ${target}`) {
    case 'GET /practice/sessions':
      return listReply(sessions.sessions);
    case 'GET /practice/agents':
      return listReply(life.agents);
    case 'GET /practice/chats':
      return listReply(life.chats);
    case 'GET /practice/received':
      return listReply(received);
    case 'POST /practice/sessions':
      return withInput(newSessionSchema, body, (session) =>
        sessions.open(session.sessionId) === undefined
          ? jsonReply(201, { ...sessions.add(session) })
          : problemReply('sessionId: is there already and is not over'),
      );
    case 'POST /practice/accounts':
      return withInput(accountSchema, body, (account) => {
        if (accounts.has(account.userName)) return problemReply('userName: is there already');
        life.addAccount(account);
        return jsonReply(201, { ...account, password: '****' });
      });
    case 'POST /practice/pool':
      return withInput(poolSchema, body, ({ pool, site }) => {
        life.changePool(pool, site);
        return DONE;
      });
    case 'POST /practice/chats':
      return withInput(newChatSchema, body, (options) => {
        const chat = life.routeChat(options);
        return chat === null
          ? problemReply('no agent is present and available')
          : jsonReply(201, { ...chat });
      });
    case 'POST /practice/end-chat':
      return withInput(chatSchema, body, ({ engagementId }) =>
        attempt(() => life.endChat(engagementId)),
      );
    case 'POST /practice/end-session':
      return withInput(sessionSchema, body, ({ sessionId }) =>
        attempt(() => life.endSession(sessionId)),
      );
    case 'POST /practice/expect-polling':
      return withInput(sessionSchema, body, ({ sessionId }) =>
        attempt(() => life.expectPolling(sessionId)),
      );
    case 'DELETE /practice/tokens':
      life.expireTokens();
      return DONE;
    case 'POST /practice/faults':
      return withInput(faultRuleSchema, body, (rule) => {
        faults.add(rule);
        return jsonReply(201, rule);
      });
    case 'DELETE /practice/faults':
      faults.clear();
      return DONE;
    default:
      return jsonReply(404, { problems: [`there is no ${method} ${target}`] });
  }
}

/** For actions that throw only if there is no such thing. */
function attempt(act: () => void): Reply {
  try {
    act();
    return DONE;
  } catch (error) {
    return problemReply(error instanceof Error ? error.message : String(error));
  }
}

function listReply(list: readonly object[]): Reply {
  const body = `${JSON.stringify(list, null, 2)}\n`;
  return { status: 200, headers: { 'Content-Type': 'application/json;charset=utf-8' }, body };
}

function problemReply(...problems: string[]): Reply {
  return jsonReply(400, { problems });
}

/** Validates the body and acts on it; an empty body is an empty object. */
function withInput<T>(schema: z.ZodType<T>, body: Buffer | null, act: (value: T) => Reply): Reply {
  if (body === null) return problemReply('the body is too long');
  const text = body.toString('utf8');
  let json: unknown;
  try {
    json = text === '' ? {} : JSON.parse(text);
  } catch {
    return problemReply('the body is not JSON');
  }
  const result = schema.safeParse(json);
  if (result.success) return act(result.data);
  const problems = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  return problemReply(...problems);
}
