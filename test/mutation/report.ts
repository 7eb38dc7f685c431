import { relative } from 'node:path';
import type { Stryker } from '@stryker-mutator/core';

export type Mutants = Awaited<ReturnType<Stryker['runMutationTest']>>;
type Mutant = Mutants[number];

/** What a room's tests must notice at least. */
export const LEAST_PERCENT = 95;

/** How many of a room's mutants its tests noticed. */
export interface Score {
  readonly room: string;
  readonly killed: number;
  /** Endless loops, which a person would notice as well. */
  readonly timeout: number;
  readonly survived: number;
  readonly noCoverage: number;
  readonly percent: number;
  readonly unnoticed: Mutants;
}

export function scoreOf(room: string, mutants: Mutants): Score {
  const count = (status: Mutant['status']): number =>
    mutants.filter((mutant) => mutant.status === status).length;
  const [killed, timeout] = [count('Killed'), count('Timeout')];
  const [survived, noCoverage] = [count('Survived'), count('NoCoverage')];
  const noticed = killed + timeout;
  return {
    room,
    killed,
    timeout,
    survived,
    noCoverage,
    percent: (100 * noticed) / (noticed + survived + noCoverage),
    unnoticed: mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage'),
  };
}

export const titles = ['room', 'killed', 'timeout', 'survived', 'no coverage', '%'];

export function rowOf({ room, percent, ...score }: Score): string[] {
  const counts = [score.killed, score.timeout, score.survived, score.noCoverage];
  return [room, ...counts.map(String), percent.toFixed(1)];
}

/** Where a mutant is, and what stands there instead. */
export function lineOf({ fileName, location, mutatorName, replacement }: Mutant): string {
  const { line, column } = location.start;
  return `${relative('', fileName)}:${line}:${column} ${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ')}`;
}
