// `end-session.ts FLAGS [query]`: asks every window of ours whether the session may end and, on yes, tells it
// that it does, as Windows does at a logoff or shutdown. Prints what each answered. FLAGS: a number, of
// Windows' `ENDSESSION_…`. With `query` it only asks: somebody else has called it off.
import koffi from 'koffi';
import { WINDOW_CLASS, WM_ENDSESSION, WM_QUERYENDSESSION } from './window.ts';

const LIMIT_MS = 5_000;
const ABORT_IF_HUNG = 2;

const user32 = koffi.load('user32.dll');
const findWindow = user32.func(
  'intptr_t __stdcall FindWindowExW(intptr_t parent, intptr_t after, str16 name, str16 title)',
);
const sendMessage = user32.func(
  'intptr_t __stdcall SendMessageTimeoutW(intptr_t window, uint32_t message, uintptr_t wParam, intptr_t lParam, uint32_t flags, uint32_t limit, _Out_ uintptr_t *answer)',
);

const [flags = '0', only] = process.argv.slice(2);
const asked = windows().map((window) => {
  const from = performance.now();
  const { answered, answer } = send(window, WM_QUERYENDSESSION, 0);
  return { window, answered, answer, ms: Math.round(performance.now() - from) };
});
const mayEnd = asked.every(({ answered, answer }) => answered && answer === 1);
if (only !== 'query') for (const { window } of asked) send(window, WM_ENDSESSION, mayEnd ? 1 : 0);
process.stdout.write(`${JSON.stringify(asked.map(({ window: _window, ...rest }) => rest))}\n`);

function windows(): number[] {
  const found: number[] = [];
  for (let last = 0; ;) {
    last = Number(findWindow(0, last, WINDOW_CLASS, null));
    if (last === 0) return found;
    found.push(last);
  }
}

function send(
  window: number,
  message: number,
  wParam: number,
): { answered: boolean; answer: number } {
  const answer = [0];
  const sent = sendMessage(window, message, wParam, Number(flags), ABORT_IF_HUNG, LIMIT_MS, answer);
  return { answered: Number(sent) !== 0, answer: Number(answer[0]) };
}
