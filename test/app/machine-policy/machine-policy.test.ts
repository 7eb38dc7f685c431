// One file of tests, which run one after the other: only one policy can be in force at a time.
// oxlint-disable-next-line import/no-unassigned-import -- it has tests, and nothing to export
import './network.ts';
// oxlint-disable-next-line import/no-unassigned-import -- likewise
import './policy.ts';
