import { systemTerminal } from '../../main/shell/cli/terminal.ts';

// What the terminal says when two lines are asked for: one hidden, one not.
const terminal = systemTerminal();
const password = terminal === null ? 'no terminal' : await terminal.readHidden('Password: ');
const answer = password === null || terminal === null ? null : await terminal.read('Sure? ');
process.stdout.write(`${JSON.stringify({ password, answer })}\n`);
process.exit(0);
