// A window of Windows whose procedure is JavaScript: a message is handled in the very call that answers it.
import koffi from 'koffi';

export const WM_QUERYENDSESSION = 0x11;
export const WM_ENDSESSION = 0x16;
/** By it the sender knows which window to ask: Windows asks all of them. */
export const WINDOW_CLASS = 'SignoffTest';

const PUMP_EVERY_MS = 5;

const user32 = koffi.load('user32.dll');
const windowProcedure = koffi.pointer(
  koffi.proto(
    'intptr_t __stdcall WindowProcedure(void *window, uint32_t message, uintptr_t wParam, intptr_t lParam)',
  ),
);
koffi.struct('WNDCLASSW', {
  style: 'uint32_t',
  procedure: windowProcedure,
  classExtra: 'int',
  windowExtra: 'int',
  instance: 'void *',
  icon: 'void *',
  cursor: 'void *',
  background: 'void *',
  menu: 'str16',
  name: 'str16',
});
koffi.struct('MSG', {
  window: 'void *',
  message: 'uint32_t',
  wParam: 'uintptr_t',
  lParam: 'intptr_t',
  time: 'uint32_t',
  x: 'int',
  y: 'int',
  private: 'uint32_t',
});
const registerClass = user32.func('uint16_t __stdcall RegisterClassW(WNDCLASSW *definition)');
const createWindow = user32.func(
  'void * __stdcall CreateWindowExW(uint32_t extended, str16 name, str16 title, uint32_t style, int x, int y, int width, int height, void *parent, void *menu, void *instance, void *parameter)',
);
const defaultProcedure = user32.func(
  'intptr_t __stdcall DefWindowProcW(void *window, uint32_t message, uintptr_t wParam, intptr_t lParam)',
);
const peekMessage = user32.func(
  'int __stdcall PeekMessageW(_Out_ MSG *message, void *window, uint32_t first, uint32_t last, uint32_t remove)',
);
const dispatchMessage = user32.func('intptr_t __stdcall DispatchMessageW(MSG *message)');
const terminateProcess = koffi
  .load('kernel32.dll')
  .func('int __stdcall TerminateProcess(intptr_t process, uint32_t code)');

/** Ends this process on the spot: nothing of JavaScript runs any more, not even handlers of `exit`. */
export function endThisProcess(): void {
  const thisProcess = -1;
  terminateProcess(thisProcess, 0);
}

/**
 * Opens a window that nobody sees. Both are called within the system's own call, which ends when they return;
 * `flags` are Windows' `ENDSESSION_…`, 0 for a shutdown.
 */
export function openWindow(handlers: {
  /** Windows asks whether the session may end; the answer is what is returned. */
  onQuery: (flags: number) => boolean;
  /** Windows tells whether it does end. */
  onEnd: (isEnding: boolean, flags: number) => void;
}): void {
  const procedure = koffi.register(
    (window: unknown, message: number, wParam: number, lParam: number) => {
      // As a 32-bit number it is negative at a logoff.
      const flags = lParam >>> 0;
      if (message === WM_QUERYENDSESSION) return handlers.onQuery(flags) ? 1 : 0;
      if (message !== WM_ENDSESSION) {
        return Number(defaultProcedure(window, message, wParam, lParam));
      }
      handlers.onEnd(wParam !== 0, flags);
      return 0;
    },
    windowProcedure,
  );
  const none = null;
  registerClass({ ...emptyClass, procedure, name: WINDOW_CLASS });
  createWindow(0, WINDOW_CLASS, 'Signoff', 0, 0, 0, 10, 10, none, none, none, none);
  setInterval(() => {
    const message = {};
    while (peekMessage(message, none, 0, 0, 1) !== 0) dispatchMessage(message);
  }, PUMP_EVERY_MS);
}

const emptyClass = {
  style: 0,
  classExtra: 0,
  windowExtra: 0,
  instance: null,
  icon: null,
  cursor: null,
  background: null,
  menu: null,
};
