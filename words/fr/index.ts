import { results } from './results.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';

export const fr = { sessions, results, settings, shell };
