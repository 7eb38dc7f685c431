import { describe, expect, test } from 'vitest';
import {
  type ControlReply,
  type ControlRequest,
  REQUEST_LIMIT,
  type SignInReply,
} from '../../../main/shell/cli/protocol.ts';
import { signInByCommand } from '../../../main/shell/cli/sign-in-command.ts';

const COMMAND = {
  kind: 'sign-in',
  site: null,
  userName: 'ann',
  accountId: null,
  available: true,
  takeOver: false,
  remember: false,
  passwordFile: null,
} as const;
const REQUEST = {
  command: 'sign-in',
  site: null,
  userName: 'ann',
  accountId: null,
  password: 'pä:ss word',
  available: true,
  takeOver: false,
  remember: false,
};
const SIGNED_IN: SignInReply = { ok: true, id: 'held-1', statusProblem: null };
const CONFLICT: SignInReply = {
  ok: false,
  why: 'conflict',
  message: 'The agent has a session.',
  perhapsOurs: false,
};

/** Signs in; what is typed are the lines of a terminal, null for giving up; without any, there is none. */
async function run({
  replies = [SIGNED_IN],
  refusal = null,
  standardInput = 'pä:ss word\n',
  typed = null,
  command = COMMAND,
}: {
  replies?: readonly SignInReply[];
  refusal?: ControlReply | null;
  standardInput?: string;
  typed?: readonly (string | null)[] | null;
  command?: Parameters<typeof signInByCommand>[0];
} = {}) {
  const requests: ControlRequest[] = [];
  const prompts: string[] = [];
  const lines = [...(typed ?? [])];
  let connections = 1;
  const app = {
    async request(request: ControlRequest): Promise<ControlReply> {
      requests.push(request);
      if (requests.length > connections) throw new Error('one request a connection');
      return refusal ?? { ok: true, result: replies[requests.length - 1] };
    },
    exited: async () => true,
  };
  const read = (hidden: boolean) => async (prompt: string) => {
    prompts.push(hidden ? `${prompt}(hidden)` : prompt);
    return lines.shift() ?? null;
  };
  const result = await signInByCommand(command, {
    app,
    async findApp() {
      connections += 1;
      return app;
    },
    terminal: typed === null ? null : { readHidden: read(true), read: read(false) },
    readInput: async (file) => {
      if (file === 'missing.txt') return { ok: false, problem: `${file}: not found` };
      return { ok: true, text: file === null ? standardInput : 'from the file\n' };
    },
  });
  return { result, requests, prompts };
}

describe('the password', () => {
  test.each([
    ['pä:ss word', 'pä:ss word'],
    ['pä:ss word\n', 'pä:ss word'],
    ['pä:ss word\r\n', 'pä:ss word'],
    [' blanks count \nnothing more does', ' blanks count '],
    ['', ''],
    ['\n', ''],
  ])('is the first line of standard input: %j', async (standardInput, password) => {
    const { requests } = await run({ standardInput });
    expect(requests).toEqual([{ ...REQUEST, password }]);
  });

  test('is asked for, hidden, where there is a terminal', async () => {
    const { requests, prompts } = await run({ typed: ['typed'] });
    expect(prompts).toEqual(['Password: (hidden)']);
    expect(requests).toEqual([{ ...REQUEST, password: 'typed' }]);
  });

  test.each([null, ['typed']])(
    'is the first line of the file that is named (%j)',
    async (typed) => {
      const { requests, prompts } = await run({
        command: { ...COMMAND, passwordFile: 'password.txt' },
        typed,
      });
      expect(prompts).toEqual([]);
      expect(requests).toEqual([{ ...REQUEST, password: 'from the file' }]);
    },
  );

  test('in a file that cannot be read signs nobody in', async () => {
    const command = { ...COMMAND, passwordFile: 'missing.txt' };
    const { result, requests } = await run({ command });
    expect(requests).toEqual([]);
    expect(result).toEqual({ exitCode: 2, output: '', problems: ['missing.txt: not found'] });
  });

  test('that nobody gives signs nobody in', async () => {
    const { result, requests } = await run({ typed: [null] });
    expect(requests).toEqual([]);
    expect(result).toEqual({
      exitCode: 1,
      output: '',
      problems: ['No password was given, so nobody was signed in.'],
    });
  });

  test('of more than the app takes at once is not sent', async () => {
    const { result, requests } = await run({ standardInput: 'x'.repeat(REQUEST_LIMIT) });
    expect(requests).toEqual([]);
    expect(result).toMatchObject({ exitCode: 2 });
  });
});

describe('the end', () => {
  test('is the id where all went well', async () => {
    const { result } = await run();
    expect(result).toEqual({ exitCode: 0, output: '{"id":"held-1"}\n', problems: [] });
  });

  test('is the id and a problem where the status could not be set', async () => {
    const { result } = await run({ replies: [{ ...SIGNED_IN, statusProblem: 'A chat is open.' }] });
    expect(result).toEqual({
      exitCode: 0,
      output: '{"id":"held-1"}\n',
      problems: ['Signed in, but the status could not be set: A chat is open.'],
    });
  });

  test('is bad input with all its problems, and the exit code that the app gave', async () => {
    const problems = ['--site: is missing', '--account: is missing'];
    const { result } = await run({ refusal: { ok: false, exitCode: 2, problems } });
    expect(result).toEqual({ exitCode: 2, output: '', problems });
  });

  test('is a failure with its step, the server’s words and what to do', async () => {
    const { result } = await run({
      replies: [
        {
          ok: false,
          why: 'failed',
          step: 'token',
          code: 'HTTP_401',
          message: 'Wrong\n\u001b[31mpassword.',
          advice: 'password',
        },
      ],
    });
    expect(result).toEqual({
      exitCode: 1,
      output: '',
      problems: [
        'The site gave no token for the chat server: Wrong [31mpassword. (HTTP_401)',
        'Check the user name and the password.',
      ],
    });
  });

  test('is said where the sign-in was called off', async () => {
    const { result } = await run({ replies: [{ ok: false, why: 'cancelled' }] });
    expect(result).toMatchObject({ exitCode: 1, problems: ['The sign-in was called off.'] });
  });
});

describe('a session that is there already', () => {
  const told = 'The server has a session for this agent already: The agent has a session.';

  test('is a failure that names --take-over where nobody can be asked', async () => {
    const { result, requests } = await run({ replies: [CONFLICT] });
    expect(requests).toHaveLength(1);
    expect(result).toEqual({
      exitCode: 1,
      output: '',
      problems: [told, 'Add --take-over to take it over.'],
    });
  });

  test('is said to be perhaps one’s own', async () => {
    const { result } = await run({ replies: [{ ...CONFLICT, perhapsOurs: true }] });
    expect(result.problems[1]).toBe('It may be of a try just before, whose answer was lost.');
  });

  test.each(['y', 'Y', ' yes '])('is taken over where %j is answered', async (answer) => {
    const { result, requests, prompts } = await run({
      replies: [CONFLICT, SIGNED_IN],
      typed: ['pä:ss word', answer],
    });
    expect(prompts[1]).toBe(`${told}\nTake it over? [y/N] `);
    expect(requests).toEqual([REQUEST, { ...REQUEST, takeOver: true }]);
    expect(result).toMatchObject({ exitCode: 0 });
  });

  test.each(['', 'n', 'yo', null])('is left alone where %j is', async (answer) => {
    const { result, requests } = await run({ replies: [CONFLICT], typed: ['secret', answer] });
    expect(requests).toHaveLength(1);
    expect(result).toEqual({ exitCode: 1, output: '', problems: ['It was not taken over.'] });
  });

  test('is not asked about twice', async () => {
    const { result } = await run({ replies: [CONFLICT, CONFLICT], typed: ['secret', 'y'] });
    expect(result).toEqual({ exitCode: 1, output: '', problems: [told] });
  });
});
