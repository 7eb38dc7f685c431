import { parseArgs } from 'node:util';
import { ERROR_BODIES } from './error-replies.ts';
import {
  startPracticeServer,
  type PracticeServer,
  type PracticeServerOptions,
} from './practice-server.ts';
import { describeRequest } from './received-request.ts';
import { TIME_FORMATS } from './replies.ts';

const DEFAULT_PORT = 8297;
const USAGE = `usage: node simulator/main.ts [--port N] [--host 127.0.0.1]
  [--poll-hold SECONDS] [--absent-after SECONDS] [--chat-every SECONDS]
  [--times ${TIME_FORMATS.join('|')}] [--error-body ${ERROR_BODIES.join('|')}] [--help]`;

const HELP = `${USAGE}

A chat server that behaves as the API pages say. By default times are as in each page's sample.

What the pages leave open is invented:
  - the bodies of 400, 403, 404, 409 and 500, hence --error-body, and the codes NOT_FOUND and
    SESSION_NOT_FOUND in them
  - the statuses of the exception codes, such as 403 for ACCESS_DENIED and 409 for CONFLICT
  - 404 for a method that no page has, 403 for a pool that does not serve the session
  - how a logon to an existing session is refused: 200 with EXISTING_SESSION in the chatLogonResult, as in an
    older protocol
  - the texts in a chatSystemError, and that an unforced logoff amid an open chat gets one
  - the sequenceNumber, or clientTransactionId, of the answer to a request without one: 0
  - the message that assigns a chat, and how a pool moves

GET /practice/received tells of each request how it differs from the pages, and also where a client
counts a session's sequenceNumber down or polls twice at once.`;

type CommandLine = Required<
  Pick<PracticeServerOptions, 'port' | 'host' | 'pollHoldMs' | 'absentAfterMs'>
> &
  Pick<PracticeServerOptions, 'routeChatEveryMs' | 'timeFormat' | 'errorBody'>;

/** Reads the command line; a string is its problem, null a call for help. */
function readCommandLine(args: string[]): CommandLine | string | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'poll-hold': { type: 'string', default: '30' },
        'absent-after': { type: 'string', default: '240' },
        'chat-every': { type: 'string' },
        times: { type: 'string' },
        'error-body': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return null;
    const port = values.port ?? String(DEFAULT_PORT);
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      return `--port must be a number from 0 (any free port) to 65535`;
    }
    const chatEvery = values['chat-every'];
    const timeFormat = oneOf('--times', TIME_FORMATS, values.times);
    const errorBody = oneOf('--error-body', ERROR_BODIES, values['error-body']);
    return {
      port: Number(port),
      host: values.host ?? '127.0.0.1',
      pollHoldMs: milliseconds('--poll-hold', values['poll-hold']),
      absentAfterMs: milliseconds('--absent-after', values['absent-after']),
      ...(chatEvery === undefined
        ? {}
        : { routeChatEveryMs: milliseconds('--chat-every', chatEvery) }),
      ...(timeFormat === undefined ? {} : { timeFormat }),
      ...(errorBody === undefined ? {} : { errorBody }),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Throws if the text is not a number of seconds. */
function milliseconds(option: string, text: string): number {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text) || Number(text) === 0) {
    throw new Error(`${option} must be a number of seconds above 0`);
  }
  return Number(text) * 1000;
}

/** Throws if the text is given and not one of the choices. */
function oneOf<T extends string>(
  option: string,
  choices: readonly T[],
  text: string | undefined,
): T | undefined {
  const chosen = choices.find((choice) => choice === text);
  if (text !== undefined && chosen === undefined) {
    throw new Error(`${option} must be one of ${choices.join(', ')}`);
  }
  return chosen;
}

function addDemoSessions(server: PracticeServer): void {
  const fqSiteName = 'day001_221100_sql_001h';
  const pool = '297:1';
  server.addAgent({ fqSiteName, pool, accountId: '12', sessionId: 'node01demoagentone' });
  server.addAgent({ fqSiteName, pool, accountId: '13', sessionId: 'node02demoagenttwo' });
  server.addEngagement({ fqSiteName, pool, sessionId: '192hdemoengagement' });
  server.addAccount({
    site: fqSiteName,
    userName: 'agent.demo',
    password: 'practice',
    accountId: '21',
  });
}

/** The curl lines' quoting works in a Unix shell and in Windows' cmd. */
function welcome({ url, sessions }: PracticeServer): string {
  const list = sessions.map((session) => {
    const account = session.accountId === undefined ? '' : `, account ${session.accountId}`;
    const address = `${session.fqSiteName}, pool ${session.pool ?? 'unknown'}`;
    return `  ${session.kind} ${session.sessionId}${account} at ${address}`;
  });
  return `Practice server at ${url} (Ctrl+C stops it)

Sessions:
${list.join('\n')}

Account to sign in with:
  user name agent.demo, password practice, account 21 at day001_221100_sql_001h

Sign in, put the token for TOKEN, and then the session's id for SESSION:
  curl "${url}/services/rest/crossChannelServices/latest/serviceSettings/1" -u agent.demo:practice -H "OSvC-CREST-Application-Context: by hand"
  curl -X POST "${url}/services/rest/crossChannelServices/latest/agentTokens" -u agent.demo:practice -H "OSvC-CREST-Application-Context: by hand"
  curl -X POST "${url}/engagement/api/agent/day001_221100_sql_001h/v1/createAutomatedAgentSession?pool=297:1" -H "Content-Type: application/json; charset=utf-8" -H "Authorization: Bearer TOKEN" -d "{\\"logonOverride\\":true}"
  curl -X POST "${url}/engagement/api/agent/day001_221100_sql_001h/v1/setActivityStatus?pool=297:1" -H "Content-Type: application/json; charset=utf-8" -H "X-AID: 21" -H "X-JSESSIONID: SESSION" -d "{\\"status\\":\\"AVAILABLE\\",\\"subTypeId\\":0}"
  curl -X POST "${url}/engagement/api/agent/day001_221100_sql_001h/v1/getMessages?pool=297:1" -H "Content-Type: application/json; charset=utf-8" -H "X-AID: 21" -H "X-JSESSIONID: SESSION" -d "{}"
Route a practice chat, and change the pool:
  curl -X POST ${url}/practice/chats
  curl -X POST ${url}/practice/pool -d "{\\"pool\\":\\"298:1\\"}"
Log an agent session off:
  curl -X POST "${url}/engagement/api/agent/day001_221100_sql_001h/v1/logoff?pool=297:1" -H "Content-Type: application/json; charset=utf-8" -H "X-AID: 12" -H "X-JSESSIONID: node01demoagentone" -d "{\\"forceLogoff\\":true,\\"sequenceNumber\\":1}"
Conclude an engagement:
  curl -X POST "${url}/engagement/api/consumer/day001_221100_sql_001h/v1/concludeEngagement?pool=297:1" -H "Content-Type: application/json; charset=utf-8" -H "SessionId: 192hdemoengagement" -d "{}"
Answer the next request 3 seconds late (other faults: simulator/faults.ts; options: --help):
  curl -X POST ${url}/practice/faults -d "{\\"fault\\":{\\"kind\\":\\"delay\\",\\"ms\\":3000},\\"times\\":1}"
Have a gateway answer every logoff (other cases from the field: simulator/field-cases.ts):
  curl -X POST ${url}/practice/faults -d "{\\"fault\\":{\\"kind\\":\\"case\\",\\"name\\":\\"A1-gateway\\"},\\"call\\":\\"logoff\\"}"
No more faults:
  curl -X DELETE ${url}/practice/faults
Add a session:
  curl -X POST ${url}/practice/sessions -d "{\\"kind\\":\\"agent\\",\\"fqSiteName\\":\\"day001_221100_sql_001h\\",\\"accountId\\":\\"14\\",\\"sessionId\\":\\"my-session\\"}"
See the sessions, who attends them, the chats, and what came in:
  curl ${url}/practice/sessions
  curl ${url}/practice/agents
  curl ${url}/practice/chats
  curl ${url}/practice/received

Requests:`;
}

function listenProblem(error: unknown, { port, host }: CommandLine): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is taken. Choose another with --port, or 0 for any free one.`;
  }
  if (code === 'EACCES') return `Port ${port} on ${host} is not allowed for this user.`;
  return `Cannot listen on ${host}, port ${port}: ${error instanceof Error ? error.message : String(error)}`;
}

async function start(commandLine: CommandLine): Promise<void> {
  const server = await startPracticeServer({
    ...commandLine,
    control: true,
    onSettled: (request) => console.log(describeRequest(request)),
  });
  addDemoSessions(server);
  const stop = (): void => {
    server.close().then(
      () => console.log('Practice server stopped.'),
      (error: unknown) => {
        console.error(error);
        process.exitCode = 1;
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(welcome(server));
}

const commandLine = readCommandLine(process.argv.slice(2));
if (commandLine === null) {
  console.log(HELP);
} else if (typeof commandLine === 'string') {
  console.error(`${commandLine}\n${USAGE}`);
  process.exitCode = 2;
} else {
  start(commandLine).catch((error: unknown) => {
    console.error(listenProblem(error, commandLine));
    process.exitCode = 1;
  });
}
