/**
 * The test files that run on Windows' own Node too: those of what Windows does otherwise, which is files, pipes,
 * processes, the registry, sockets and threads.
 */
export const files = [
  'test/unit/common/',
  'test/unit/sessions/',
  'test/unit/lifecycle/data-folder-lock',
  'test/unit/lifecycle/login',
  'test/unit/lifecycle/windows-session',
  'test/unit/policy/policy-cache',
  'test/unit/policy/system-source',
  'test/unit/policy/windows',
  'test/unit/results/export',
  'test/unit/results/receipts',
  'test/unit/settings/changing-settings',
  'test/unit/settings/settings.test',
  'test/unit/shell/command-line',
  'test/unit/shell/control.test',
  'test/unit/shell/control-endpoint',
  'test/unit/shell/diagnostics',
  'test/unit/shell/installation',
  'test/unit/shell/key-on-disk',
  'test/unit/shell/log-f',
  'test/unit/shell/read-input',
  'test/unit/shell/run-command',
  'test/integration/chat-replies',
  'test/integration/chat-thread',
];
