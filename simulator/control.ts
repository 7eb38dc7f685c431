import { z } from 'zod';
import type { FaultBook } from './fault-book.ts';
import { faultRuleSchema } from './faults.ts';
import type { ReceivedRequest } from './received-request.ts';
import { jsonReply, type Reply } from './replies.ts';
import { agentSessionSchema, engagementSchema, type SessionBook } from './sessions.ts';

/** What the control API can see and change. */
export interface Controlled {
  sessions: SessionBook;
  faults: FaultBook;
  received: readonly ReceivedRequest[];
}

const newSessionSchema = z.discriminatedUnion('kind', [agentSessionSchema, engagementSchema], {
  error: (issue) =>
    issue.code === 'invalid_union' ? 'must be one of agent, engagement' : undefined,
});

/** Whether a request target belongs to the control API. */
export function isControlTarget(target: string): boolean {
  return target.startsWith('/practice/');
}

/** Handles one request of the control API. Bad input is answered with 400 and every problem in words. */
export function control(
  method: string,
  target: string,
  body: Buffer | null,
  { sessions, faults, received }: Controlled,
): Reply {
  switch (`${method} ${target}`) {
    case 'GET /practice/sessions':
      return listReply(sessions.sessions);
    case 'GET /practice/received':
      return listReply(received);
    case 'POST /practice/sessions': {
      const input = readInput(newSessionSchema, body);
      if ('problems' in input) return jsonReply(400, input);
      if (sessions.latest(input.value.sessionId)?.over === false) {
        return jsonReply(400, { problems: ['sessionId: is there already and is not over'] });
      }
      return jsonReply(201, { ...sessions.add(input.value) });
    }
    case 'POST /practice/faults': {
      const input = readInput(faultRuleSchema, body);
      if ('problems' in input) return jsonReply(400, input);
      faults.add(input.value);
      return jsonReply(201, input.value);
    }
    case 'DELETE /practice/faults':
      faults.clear();
      return { status: 204, headers: {}, body: '' };
    default:
      return jsonReply(404, { problems: [`there is no ${method} ${target}`] });
  }
}

function listReply(list: readonly object[]): Reply {
  const body = `${JSON.stringify(list, null, 2)}\n`;
  return { status: 200, headers: { 'Content-Type': 'application/json;charset=utf-8' }, body };
}

function readInput<T>(
  schema: z.ZodType<T>,
  body: Buffer | null,
): { value: T } | { problems: string[] } {
  if (body === null) return { problems: ['the body is too long'] };
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return { problems: ['the body is not JSON'] };
  }
  const result = schema.safeParse(json);
  if (result.success) return { value: result.data };
  const problems = result.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  return { problems };
}
