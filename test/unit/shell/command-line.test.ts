import { describe, expect, test } from 'vitest';
import {
  HELP,
  type Invocation,
  ownArguments,
  readCommandLine,
} from '../../../main/shell/cli/command-line.ts';

/** The arguments as one line, as a person types them. */
const read = (line: string): Invocation =>
  readCommandLine(line === '' ? [] : line.split(' ')).invocation;

const signOff = { kind: 'sign-off', ids: [], force: false, timeoutMs: null, json: false } as const;

const signIn = {
  kind: 'sign-in',
  site: null,
  userName: null,
  accountId: null,
  available: false,
  takeOver: false,
  remember: false,
  passwordFile: null,
} as const;

describe('what each command line means', () => {
  test.each<[string, Invocation]>([
    ['', { kind: 'start', hidden: false, atLogin: false }],
    ['--hidden', { kind: 'start', hidden: true, atLogin: false }],
    ['--updated', { kind: 'start', hidden: true, atLogin: false }],
    ['--hidden --at-login', { kind: 'start', hidden: true, atLogin: true }],
    ['status', { kind: 'status', json: false }],
    ['status --json', { kind: 'status', json: true }],
    ['--json status', { kind: 'status', json: true }],
    ['hold', { kind: 'hold', file: null }],
    ['hold -', { kind: 'hold', file: null }],
    ['hold session.json', { kind: 'hold', file: 'session.json' }],
    ['hold hold', { kind: 'hold', file: 'hold' }],
    ['hold -- -a.json', { kind: 'hold', file: '-a.json' }],
    ['sign-in', signIn],
    ['sign-in --site https://a.example', { ...signIn, site: 'https://a.example' }],
    ['sign-in --user ann --account 12', { ...signIn, userName: 'ann', accountId: '12' }],
    [
      'sign-in --available --take-over --remember',
      { ...signIn, available: true, takeOver: true, remember: true },
    ],
    ['sign-in --password-file a.txt', { ...signIn, passwordFile: 'a.txt' }],
    ['available', { kind: 'set-activity', available: true, reason: null }],
    ['unavailable', { kind: 'set-activity', available: false, reason: null }],
    ['available --kind 7', { kind: 'set-activity', available: true, reason: 7 }],
    ['unavailable --reason 2', { kind: 'set-activity', available: false, reason: 2 }],
    ['sign-off', signOff],
    ['sign-off --json', { ...signOff, json: true }],
    ['sign-off a b', { ...signOff, ids: ['a', 'b'] }],
    ['sign-off --force a', { ...signOff, force: true, ids: ['a'] }],
    ['sign-off a --timeout 2.5 b', { ...signOff, ids: ['a', 'b'], timeoutMs: 2_500 }],
    ['sign-off --timeout=600', { ...signOff, timeoutMs: 600_000 }],
    ['--force sign-off', { ...signOff, force: true }],
    ['sign-off sign-off', { ...signOff, ids: ['sign-off'] }],
    ['sign-off -- -a', { ...signOff, ids: ['-a'] }],
    ['results', { kind: 'results', json: false, limit: 20 }],
    ['results --json --limit 1', { kind: 'results', json: true, limit: 1 }],
    ['results --limit=10000', { kind: 'results', json: false, limit: 10_000 }],
    ['policy', { kind: 'policy', json: false }],
    ['policy --json', { kind: 'policy', json: true }],
    ['policy --check a.json', { kind: 'policy-check', file: 'a.json' }],
    ['quit', { kind: 'quit' }],
    ['prepare-update', { kind: 'prepare-update', close: false }],
    ['prepare-update --close', { kind: 'prepare-update', close: true }],
    ['--help', { kind: 'help' }],
    ['-h', { kind: 'help' }],
    ['sign-off --timeout --help', { kind: 'help' }],
    ['nonsense --help', { kind: 'help' }],
    ['--version', { kind: 'version' }],
    ['status --version', { kind: 'version' }],
  ])('"%s"', (line, invocation) => {
    expect(read(line)).toEqual(invocation);
  });
});

describe('what is misused is answered in a sentence that says where to look', () => {
  test.each([
    ['bananas', "There is no command 'bananas'"],
    ['Status', "There is no command 'Status'"],
    ['status extra', "Unexpected argument 'extra'"],
    ['status --force', "Unknown option '--force'"],
    ['status --hidden', "Unknown option '--hidden'"],
    ['status --json=yes', "Option '--json' does not take an argument"],
    ['status -j', "Unknown option '-j'"],
    ['policy a.json', "Unexpected argument 'a.json'"],
    ['policy --check', "Option '--check <value>' argument missing"],
    ['policy --check a.json --json', '--check and --json do not go together'],
    ['hold a.json b.json', 'hold reads one file'],
    ['prepare-update now', "Unexpected argument 'now'"],
    ['quit --force', "Unknown option '--force'"],
    ['available --reason 2', "Unknown option '--reason'"],
    ['available --kind phone', '--kind must be a whole number'],
    ['unavailable 2', "Unexpected argument '2'"],
    ['unavailable --reason lunch', '--reason must be a whole number'],
    ['unavailable --reason=-1', '--reason must be a whole number'],
    ['unavailable --reason 2147483648', '--reason must be at most 2147483647'],
    ['sign-in --user', "Option '--user <value>' argument missing"],
    ['sign-off --timeout', "Option '--timeout <value>' argument missing"],
    ['sign-off --timeout --json', "Option '--timeout' argument is ambiguous"],
    ['sign-off --timeout soon', '--timeout must be a number'],
    ['sign-off --timeout Infinity', '--timeout must be a number'],
    ['sign-off --timeout 0', '--timeout must be more than 0'],
    ['sign-off --timeout=-1', '--timeout must be more than 0'],
    ['sign-off --timeout=', '--timeout must be more than 0'],
    ['sign-off --timeout 601', '--timeout must be at most 600'],
    ['results --limit 0', '--limit must be more than 0'],
    ['results --limit 10001', '--limit must be at most 10000'],
    ['results --limit 1.5', '--limit must be a whole number'],
    ['results --limit many', '--limit must be a number'],
    ['--user-data-dir', '--user-data-dir needs a folder'],
    ['status --user-data-dir', '--user-data-dir needs a folder'],
    ['--user-data-dir= status', '--user-data-dir needs a folder'],
    ['status --user-data-dir --json', '--user-data-dir needs a folder'],
  ])('"%s"', (line, problem) => {
    expect(read(line)).toEqual({ kind: 'misused', message: `${problem}. See --help.` });
  });
});

test.each(['sign-in --password secret', 'sign-in --password=secret', 'sign-in --password'])(
  '"%s" is told why a password is no argument, without the password',
  (line) => {
    const invocation = read(line);
    expect(invocation).toMatchObject({
      kind: 'misused',
      message: expect.stringContaining('send it to standard input'),
    });
    expect(JSON.stringify(invocation)).not.toContain('secret');
  },
);

describe('the data folder', () => {
  test.each([
    '--user-data-dir DIR sign-off id --force',
    'sign-off --user-data-dir DIR id --force',
    'sign-off id --force --user-data-dir DIR',
    '--user-data-dir=DIR sign-off id --force',
    'sign-off --user-data-dir=DIR id --force',
    'sign-off id --force --user-data-dir=DIR',
  ])('is found in "%s", and nothing else is lost', (line) => {
    expect(readCommandLine(line.split(' '))).toEqual({
      invocation: { ...signOff, ids: ['id'], force: true },
      userDataDir: 'DIR',
    });
  });

  test('may have spaces and equals signs in its name', () => {
    expect(readCommandLine(['status', '--user-data-dir=/a b/c=d']).userDataDir).toBe('/a b/c=d');
    expect(readCommandLine(['--user-data-dir', '/a b/c=d', 'status']).userDataDir).toBe('/a b/c=d');
  });

  test('is the usual one where none is named', () => {
    expect(readCommandLine(['status']).userDataDir).toBeNull();
  });

  test('is known for a start too', () => {
    expect(readCommandLine(['--user-data-dir', 'DIR', '--hidden'])).toEqual({
      invocation: { kind: 'start', hidden: true, atLogin: false },
      userDataDir: 'DIR',
    });
  });
});

describe('switches of the platform', () => {
  test.each([
    '--no-sandbox',
    '--no-zygote',
    '--password-store=basic',
    '--ozone-platform=headless',
    '--ozone-platform-hint=auto',
    '--disable-gpu',
    '--inspect=0',
    '--inspect-brk',
    '--remote-debugging-port=0',
    '--lang=de',
  ])('%s is passed over, wherever it stands', (platformSwitch) => {
    const meant = { ...signOff, ids: ['id'] };
    expect(readCommandLine([platformSwitch, 'sign-off', 'id']).invocation).toEqual(meant);
    expect(readCommandLine(['sign-off', platformSwitch, 'id']).invocation).toEqual(meant);
    expect(readCommandLine(['sign-off', 'id', platformSwitch]).invocation).toEqual(meant);
  });

  test('a start is not refused over a switch that is not known here', () => {
    expect(read('--enable-features=Whatever --hidden')).toEqual({
      kind: 'start',
      hidden: true,
      atLogin: false,
    });
  });

  test('a command is, because a misspelt option must not be taken for none', () => {
    expect(read('sign-off --forced').kind).toBe('misused');
    expect(read('status --no-sandboxes').kind).toBe('misused');
  });
});

describe('diagnostics and login-item', () => {
  test('take one file, and one of two words', () => {
    expect(read('diagnostics a.zip')).toEqual({ kind: 'diagnostics', file: 'a.zip', force: false });
    expect(read('diagnostics --force a.zip')).toMatchObject({ force: true });
    expect(read('login-item on')).toEqual({ kind: 'login-item', on: true });
    expect(read('login-item off')).toEqual({ kind: 'login-item', on: false });
  });

  test.each([
    'diagnostics',
    'diagnostics a b',
    'login-item',
    'login-item maybe',
    'login-item on off',
  ])('not so: %s', (line) => expect(read(line).kind).toBe('misused'));
});

describe('what of the process’s arguments is Signoff’s own', () => {
  test.each([
    { argv: ['/opt/signoff'], own: [] },
    { argv: ['/opt/signoff', 'status', '--json'], own: ['status', '--json'] },
    { argv: ['/opt/signoff', '--hidden'], own: ['--hidden'] },
  ])('packaged: $argv', ({ argv, own }) => {
    expect(ownArguments(argv, true)).toEqual(own);
  });

  test.each([
    { argv: ['electron', '.'], own: [] },
    { argv: ['electron', '/src/signoff', 'status', '--json'], own: ['status', '--json'] },
    { argv: ['electron', '--no-sandbox', '.', 'quit'], own: ['quit'] },
    { argv: ['electron', '--inspect=0', '--no-sandbox', '.', '--hidden'], own: ['--hidden'] },
  ])('from the tree: $argv', ({ argv, own }) => {
    expect(ownArguments(argv, false)).toEqual(own);
  });
});

test.each([
  '--hidden',
  'status',
  'hold',
  'sign-in',
  'available',
  'unavailable',
  'sign-off',
  'results',
  'diagnostics',
  'login-item',
  'quit',
  '--user-data-dir',
  '--version',
])('the help tells of %s', (word) => {
  expect(HELP).toContain(word);
});
