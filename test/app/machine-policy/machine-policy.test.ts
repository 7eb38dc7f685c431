// One file of tests, which run one after the other: only one policy can be in force at a time.
import './network.ts';
import './policy.ts';
