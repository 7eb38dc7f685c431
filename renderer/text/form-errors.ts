import type { Problem } from '../../preload/contract.ts';
import { words } from './language.ts';

/** What is wrong with what was typed into a form, in sentences. */
export interface FormErrors<Field extends string> {
  /** By the field that they stand beside. */
  readonly byField: ReadonlyMap<Field, string>;
  /** About the form as a whole. */
  readonly general: readonly string[];
}

export const noErrors: FormErrors<never> = { byField: new Map<never, string>(), general: [] };

export function generalError(message: string): FormErrors<never> {
  return { byField: new Map<never, string>(), general: [message] };
}

/**
 * The problems of an input; those of no shown field are general. A field's problem comes without its name
 * ("is missing"), a general one as a sentence.
 */
export function formErrorsOf<Field extends string>(
  problems: readonly Problem[],
  shown: readonly Field[],
  labels: Readonly<Record<Field, string>>,
  messageOf: (problem: Problem) => string = problemWords,
): FormErrors<Field> {
  const { fieldProblem, unknownFieldProblem } = words.value.sessions;
  const byField = new Map<Field, string>();
  const general: string[] = [];
  for (const problem of problems) {
    const message = messageOf(problem);
    const field = shown.find((name) => name === problem.field);
    if (field === undefined) {
      general.push(problem.field === '' ? message : unknownFieldProblem(problem.field, message));
      continue;
    }
    const before = byField.get(field);
    byField.set(
      field,
      before === undefined ? fieldProblem(labels[field], message) : `${before}; ${message}`,
    );
  }
  return { byField, general };
}

/** A problem in the agent’s language where it is a known one. */
export function problemWords({ code, message }: Problem): string {
  const known = Object.entries(words.value.sessions.problems);
  return known.find(([name]) => name === code)?.[1] ?? message;
}
