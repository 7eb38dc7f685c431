import type { Problem } from '../../preload/contract.ts';
import { lookUp, words } from './language.ts';

/** The errors of a form's input, in sentences. */
export interface FormErrors<Field extends string> {
  readonly byField: ReadonlyMap<Field, string>;
  /** About the form as a whole. */
  readonly general: readonly string[];
}

export const noErrors: FormErrors<never> = { byField: new Map<never, string>(), general: [] };

export function generalError(message: string): FormErrors<never> {
  return { byField: new Map<never, string>(), general: [message] };
}

/**
 * The problems of an input as errors. Problems of fields that are not shown become general ones.
 * `messageOf` says what is wrong without the field's name, such as "is missing".
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
    const first = byField.get(field);
    byField.set(field, first ? `${first}; ${message}` : fieldProblem(labels[field], message));
  }
  return { byField, general };
}

/** A problem in the agent's language, if its code is known. */
export function problemWords({ code, message }: Problem): string {
  return lookUp(words.value.sessions.problems, code) ?? message;
}
