// Claims a folder as an app does, in a process of its own; says so, and lets go when it is told to.
import { closeSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../main/common/clock.ts';
import { claimFolder } from '../../main/lifecycle/single-instance.ts';

const [folder = '', role = 'app'] = process.argv.slice(2);
const claim = await claimFolder({
  folder,
  start: { role: role === 'command' ? 'command' : 'app', hidden: false },
  clock: systemClock,
});
if (claim.kind !== 'taken') {
  console.log(claim.kind);
  process.exit();
}
// Whoever claims beside another finds this file: it is there for as long as one has the folder.
const there = path.join(folder, 'there');
try {
  closeSync(openSync(there, 'wx'));
} catch {
  console.log('beside another');
  process.exit();
}
console.log('taken');
process.stdin.once('data', () => {
  rmSync(there);
  claim.instance.release();
  process.exit();
});
